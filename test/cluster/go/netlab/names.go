package main

import (
	"net"
	"strings"

	"golang.org/x/net/dns/dnsmessage"
)

// said is what a seat says to a datagram: the address of a name that is asked for, and else what it was told.
func (l Layout) said(told []byte) []byte {
	var query dnsmessage.Message
	if err := query.Unpack(told); err != nil || query.Response || len(query.Questions) != 1 {
		return told
	}
	question := query.Questions[0]
	answer := dnsmessage.Message{
		Header:    dnsmessage.Header{ID: query.ID, Response: true, RecursionDesired: query.RecursionDesired, RecursionAvailable: true},
		Questions: query.Questions,
	}
	address, known := l.Names[strings.TrimSuffix(question.Name.String(), ".")]
	if !known {
		answer.RCode = dnsmessage.RCodeNameError
	} else if v4 := net.ParseIP(address).To4(); v4 != nil && question.Type == dnsmessage.TypeA {
		answer.Answers = []dnsmessage.Resource{{
			Header: dnsmessage.ResourceHeader{Name: question.Name, Class: dnsmessage.ClassINET},
			Body:   &dnsmessage.AResource{A: [4]byte(v4)},
		}}
	}
	packed, err := answer.Pack()
	if err != nil {
		return told
	}
	return packed
}
