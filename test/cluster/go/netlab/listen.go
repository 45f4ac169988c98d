package main

import (
	"fmt"
	"io"
	"net"

	"golang.org/x/net/ipv4"
	"golang.org/x/net/ipv6"
)

// listen answers on every port of every seat: what a probe then does not reach, policy refused.
func (l Layout) listen() error {
	for i := range l.Seats {
		err := within(l.netns(i), func() error {
			for _, port := range l.Ports {
				if err := l.answer(port); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (l Layout) answer(port Port) error {
	address := fmt.Sprintf(":%d", port.Port)
	switch port.Protocol {
	case "TCP":
		return answerTCP(address)
	case "UDP":
		if err := l.answerUDP4(address); err != nil {
			return err
		}
		return answerUDP6(address)
	}
	return fmt.Errorf("protocol %q: netlab speaks TCP and UDP", port.Protocol)
}

func answerTCP(address string) error {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			go hold(connection)
		}
	}()
	return nil
}

// hold speaks first, and then keeps the connection for as long as its client does.
func hold(connection net.Conn) {
	defer connection.Close()
	if _, err := connection.Write([]byte("x")); err == nil {
		_, _ = io.Copy(io.Discard, connection)
	}
}

// An answer over UDP comes from the address that was asked: a seat has many.
func (l Layout) answerUDP4(address string) error {
	socket, err := net.ListenPacket("udp4", address)
	if err != nil {
		return err
	}
	packets := ipv4.NewPacketConn(socket)
	if err := packets.SetControlMessage(ipv4.FlagDst, true); err != nil {
		return err
	}
	go func() {
		buffer := make([]byte, 512)
		for {
			n, control, client, err := packets.ReadFrom(buffer)
			if err != nil {
				return
			}
			_, _ = packets.WriteTo(l.said(buffer[:n]), &ipv4.ControlMessage{Src: control.Dst}, client)
		}
	}()
	return nil
}

func answerUDP6(address string) error {
	socket, err := net.ListenPacket("udp6", address)
	if err != nil {
		return err
	}
	packets := ipv6.NewPacketConn(socket)
	if err := packets.SetControlMessage(ipv6.FlagDst, true); err != nil {
		return err
	}
	go func() {
		buffer := make([]byte, 64)
		for {
			n, control, client, err := packets.ReadFrom(buffer)
			if err != nil {
				return
			}
			_, _ = packets.WriteTo(buffer[:n], &ipv6.ControlMessage{Src: control.Dst}, client)
		}
	}()
	return nil
}
