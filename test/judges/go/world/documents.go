// Package world holds what the judges share: reading YAML, one verdict a document for validation, and the state of a
// cluster with the flows that are asked about. It decides no policy.
package world

import (
	"bytes"
	"encoding/json"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"sigs.k8s.io/yaml"
)

// Doc is one YAML document (List items are expanded to one Doc each).
type Doc struct {
	File       string
	Index      int // 0-based document number in File (List items share it)
	Item       int // item number inside a List, else 0
	APIVersion string
	Kind       string
	Namespace  string
	Name       string
	JSON       []byte
	Err        error // YAML error (syntax, duplicate key)
}

// Group is the API group ("" for core).
func (d Doc) Group() string {
	if g, _, ok := strings.Cut(d.APIVersion, "/"); ok {
		return g
	}
	return ""
}

// ID is kind/ns/name, or kind/name for cluster-scoped documents.
func (d Doc) ID() string {
	if d.Namespace != "" {
		return d.Kind + "/" + d.Namespace + "/" + d.Name
	}
	return d.Kind + "/" + d.Name
}

var sep = regexp.MustCompile(`(?m)^---(?:[ \t].*)?\r?$`)

func expand(paths []string) ([]string, error) {
	var out []string
	for _, p := range paths {
		if p == "-" {
			out = append(out, p)
			continue
		}
		st, err := os.Stat(p)
		if err != nil {
			return nil, err
		}
		if !st.IsDir() {
			out = append(out, p)
			continue
		}
		err = filepath.WalkDir(p, func(f string, e fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			switch strings.ToLower(filepath.Ext(f)) {
			case ".yaml", ".yml", ".json":
				if !e.IsDir() {
					out = append(out, f)
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// ReadDocs reads every document of the files (directories are walked for
// *.yaml, *.yml and *.json; "-" is standard input).
func ReadDocs(paths []string) ([]Doc, error) {
	files, err := expand(paths)
	if err != nil {
		return nil, err
	}
	var docs []Doc
	for _, f := range files {
		var b []byte
		if f == "-" {
			b, err = io.ReadAll(os.Stdin)
		} else {
			b, err = os.ReadFile(f)
		}
		if err != nil {
			return nil, err
		}
		for i, part := range sep.Split(string(b), -1) {
			docs = append(docs, parse(f, i, []byte(part))...)
		}
	}
	return docs, nil
}

func parse(file string, i int, part []byte) []Doc {
	d := Doc{File: file, Index: i}
	js, err := yaml.YAMLToJSONStrict(part)
	if err != nil {
		d.Kind, d.Name, d.Err = "?", "?", err
		return []Doc{d}
	}
	if bytes.Equal(bytes.TrimSpace(js), []byte("null")) {
		return nil
	}
	return fromJSON(d, js)
}

func fromJSON(d Doc, js []byte) []Doc {
	var h struct {
		APIVersion string `json:"apiVersion"`
		Kind       string `json:"kind"`
		Metadata   struct {
			Namespace string `json:"namespace"`
			Name      string `json:"name"`
		} `json:"metadata"`
		Items []json.RawMessage `json:"items"`
	}
	if err := json.Unmarshal(js, &h); err != nil {
		d.Kind, d.Name, d.Err = "?", "?", err
		return []Doc{d}
	}
	if strings.HasSuffix(h.Kind, "List") && h.Items != nil {
		var out []Doc
		for n, it := range h.Items {
			for _, c := range fromJSON(d, it) {
				c.Item = n
				out = append(out, c)
			}
		}
		return out
	}
	d.APIVersion, d.Kind, d.Namespace, d.Name, d.JSON = h.APIVersion, h.Kind, h.Metadata.Namespace, h.Metadata.Name, js
	return []Doc{d}
}
