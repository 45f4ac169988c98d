package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"os"
	"path/filepath"
)

// credentials of one run: an administrator's token, and the key that signs service accounts.
type credentials struct{ token, tokens, key, kubeconfig string }

func writeCredentials(dir, server string) (*credentials, error) {
	random := make([]byte, 16)
	if _, err := rand.Read(random); err != nil {
		return nil, err
	}
	signing, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	der, err := x509.MarshalECPrivateKey(signing)
	if err != nil {
		return nil, err
	}
	c := &credentials{
		token:      hex.EncodeToString(random),
		tokens:     filepath.Join(dir, "tokens.csv"),
		key:        filepath.Join(dir, "service-accounts.key"),
		kubeconfig: filepath.Join(dir, "kubeconfig"),
	}
	for file, content := range map[string]string{
		c.tokens: c.token + ",admin,admin,system:masters\n",
		c.key:    string(pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: der})),
		c.kubeconfig: fmt.Sprintf(`apiVersion: v1
kind: Config
clusters: [{name: test, cluster: {server: %q, insecure-skip-tls-verify: true}}]
users: [{name: test, user: {token: %q}}]
contexts: [{name: test, context: {cluster: test, user: test}}]
current-context: test
`, server, c.token),
	} {
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			return nil, err
		}
	}
	return c, nil
}
