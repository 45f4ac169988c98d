package world

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
)

// Result is the outcome of validating one document.
type Result struct {
	File     string   `json:"file"`
	Doc      int      `json:"doc"`
	Item     int      `json:"item,omitempty"`
	ID       string   `json:"id"`
	API      string   `json:"apiVersion"`
	Engine   string   `json:"engine"`
	OK       bool     `json:"ok"`
	Skipped  bool     `json:"skipped,omitempty"`
	Errors   []string `json:"errors,omitempty"`
	Warnings []string `json:"warnings,omitempty"`
}

// Check validates one document; handled=false says the engine does not know it.
type Check func(Doc) (handled bool, warnings []string, errs []string)

// Validate is the `validate` sub-command shared by the back ends.
func Validate(engine string, args []string, check Check) int {
	fl := flag.NewFlagSet(engine+" validate", flag.ExitOnError)
	asJSON := fl.Bool("json", false, "print one JSON object per document")
	quiet := fl.Bool("q", false, "print only the documents that failed")
	fl.Usage = func() {
		fmt.Fprintf(os.Stderr, "usage: %s validate [--json] [-q] DIR|FILE|- ...\n", engine)
		fl.PrintDefaults()
	}
	_ = fl.Parse(args)
	if fl.NArg() == 0 {
		fl.Usage()
		return 2
	}
	docs, err := ReadDocs(fl.Args())
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	failed := 0
	enc := json.NewEncoder(os.Stdout)
	enc.SetEscapeHTML(false)
	for _, d := range docs {
		r := one(engine, d, check)
		if !r.OK && !r.Skipped {
			failed++
		}
		if *quiet && (r.OK || r.Skipped) {
			continue
		}
		if *asJSON {
			_ = enc.Encode(r)
			continue
		}
		fmt.Println(r.Line())
	}
	if failed > 0 {
		return 1
	}
	return 0
}

func one(engine string, d Doc, check Check) (r Result) {
	r = Result{File: d.File, Doc: d.Index, Item: d.Item, ID: d.ID(), API: d.APIVersion, Engine: engine}
	if d.Err != nil {
		r.Errors = []string{d.Err.Error()}
		return r
	}
	defer func() { // an engine that panics on a document is a finding too
		if p := recover(); p != nil {
			r.OK, r.Errors = false, append(r.Errors, fmt.Sprintf("engine panic: %v", p))
		}
	}()
	handled, warns, errs := check(d)
	if !handled {
		r.Skipped = true
		return r
	}
	r.Warnings, r.Errors, r.OK = warns, errs, len(errs) == 0
	return r
}

// Line is the one-line form.
func (r Result) Line() string {
	s := r.ID + ": "
	switch {
	case r.Skipped:
		s += "skipped (" + r.API + " is not known to " + r.Engine + ")"
	case r.OK:
		s += "ok"
	default:
		s += strings.ReplaceAll(strings.Join(r.Errors, "; "), "\n", " ")
	}
	if len(r.Warnings) > 0 {
		s += " [warning: " + strings.ReplaceAll(strings.Join(r.Warnings, "; "), "\n", " ") + "]"
	}
	return s
}
