package world

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
)

// Eval is the `eval` sub-command shared by the back ends.
func Eval(engine string, args []string, run func(*World, []Query) ([]Verdict, error)) int {
	fl := flag.NewFlagSet(engine+" eval", flag.ExitOnError)
	ports := fl.String("ports", "", "full product of all ends on these ports: TCP/80,UDP/53")
	ext := fl.String("external", "", "IPs outside the cluster, as further ends of the product")
	self := fl.Bool("self", false, "also a pod to itself (engines do not agree on it)")
	fl.Usage = func() {
		fmt.Fprintf(os.Stderr, "usage: %s eval [--ports LIST] [--external IPS] [--self] WORLD.yaml...\n", engine)
		fl.PrintDefaults()
	}
	_ = fl.Parse(args)
	if fl.NArg() == 0 {
		fl.Usage()
		return 2
	}
	w, o, err := Load(fl.Args())
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	if *ports != "" {
		o.Ports = append(o.Ports, strings.Split(*ports, ",")...)
	}
	if *ext != "" {
		o.External = append(o.External, strings.Split(*ext, ",")...)
	}
	o.Self = *self
	qs, err := w.Queries(o)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	vs, err := run(w, qs)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	enc := json.NewEncoder(os.Stdout)
	enc.SetEscapeHTML(false)
	for _, v := range vs {
		v.Engine = engine
		_ = enc.Encode(v)
	}
	return 0
}
