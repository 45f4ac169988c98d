package world

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	corev1 "k8s.io/api/core/v1"
)

// A verdict of decide is one letter.
const (
	allowed       = 'A'
	egressDenied  = 'E'
	ingressDenied = 'I'
	bothDenied    = 'B'
)

// question is one line of decide's input: the objects of a cluster, and flows [from, to, protocol, port] between
// addresses. An address that no pod has is outside the cluster.
type question struct {
	Documents []json.RawMessage `json:"documents"`
	Flows     []flow            `json:"flows"`
}

type flow struct {
	from, to, protocol string
	port               int
}

func (f *flow) UnmarshalJSON(b []byte) error {
	return json.Unmarshal(b, &[4]any{&f.from, &f.to, &f.protocol, &f.port})
}

type answer struct {
	Verdicts string `json:"verdicts,omitempty"` // a letter for each flow
	Error    string `json:"error,omitempty"`
}

// Decide is the `decide` sub-command: a line of JSON for each line of standard input, so that thousands of small
// worlds cost one start.
func Decide(run func(*World, []Query) ([]Verdict, error)) int {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 64<<20)
	out := json.NewEncoder(os.Stdout)
	for lines.Scan() {
		verdicts, err := decide(lines.Bytes(), run)
		a := answer{Verdicts: verdicts}
		if err != nil {
			a.Error = err.Error()
		}
		if err := out.Encode(a); err != nil {
			return 1
		}
	}
	if err := lines.Err(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

func decide(line []byte, run func(*World, []Query) ([]Verdict, error)) (letters string, err error) {
	defer func() { // an engine that panics on a world is a finding too
		if p := recover(); p != nil {
			err = fmt.Errorf("the engine panicked: %v", p)
		}
	}()
	var q question
	if err := json.Unmarshal(line, &q); err != nil {
		return "", err
	}
	var docs []Doc
	for i, raw := range q.Documents {
		docs = append(docs, fromJSON(Doc{File: "-", Index: i}, raw)...)
	}
	w, _, err := build(docs)
	if err != nil {
		return "", err
	}
	queries := make([]Query, len(q.Flows))
	for i, f := range q.Flows {
		queries[i] = Query{w.endAt(f.from), w.endAt(f.to), f.from, f.to, corev1.Protocol(f.protocol), f.port}
	}
	verdicts, err := run(w, queries)
	if err != nil {
		return "", err
	}
	out := make([]byte, len(verdicts))
	for i, v := range verdicts {
		out[i] = letter(v)
	}
	return string(out), nil
}

func letter(v Verdict) byte {
	switch {
	case v.Egress == "deny" && v.Ingress == "deny":
		return bothDenied
	case v.Egress == "deny":
		return egressDenied
	case v.Ingress == "deny":
		return ingressDenied
	}
	return allowed
}
