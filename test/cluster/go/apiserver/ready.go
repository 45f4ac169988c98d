package main

import (
	"context"
	"crypto/tls"
	"fmt"
	"net/http"
	"time"
)

// waitUntilReady asks /readyz until the server says yes. Its certificate is its own and on loopback.
func waitUntilReady(ctx context.Context, server, token string) error {
	client := &http.Client{
		Timeout:   2 * time.Second,
		Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}},
	}
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	for {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, server+"/readyz", nil)
		if err != nil {
			return err
		}
		request.Header.Set("Authorization", "Bearer "+token)
		if response, err := client.Do(request); err == nil {
			response.Body.Close()
			if response.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("not ready within two minutes: %w", ctx.Err())
		case <-time.After(50 * time.Millisecond):
		}
	}
}
