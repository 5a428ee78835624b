package main

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"syscall"
)

// listen takes the address, or the next free port.
func (a *app) listen(addr string) (net.Listener, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		if host, port = addr, defaultPort; strings.Contains(addr, ":") && net.ParseIP(addr) == nil {
			return nil, advice{fmt.Errorf("--addr %q is no address", addr), "write a host and a port: --addr 127.0.0.1:" + defaultPort}
		}
	}
	number, err := strconv.Atoi(port)
	if err != nil || number < 0 || number > 65535 {
		return nil, advice{fmt.Errorf("--addr %q has no port", addr), "write a host and a port: --addr 127.0.0.1:" + defaultPort}
	}
	if host != "localhost" {
		if ip := net.ParseIP(host); ip == nil || !ip.IsLoopback() {
			a.notice(fmt.Sprintf("the preview can be read by everybody who reaches %s", net.JoinHostPort(host, port)), "content that is not published yet is in it; --addr 127.0.0.1:"+port+" keeps it on this machine")
		}
	}
	var first error
	for try := range portsTried {
		listener, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(number+try)))
		if err == nil {
			if try > 0 {
				a.say("port %d is in use, so this is another one\n", number)
			}
			return listener, nil
		}
		if first == nil {
			first = err
		}
		if number == 0 || number+try >= 65535 || !inUse(err) {
			break
		}
	}
	return nil, advice{fmt.Errorf("cannot serve at %s: %w", net.JoinHostPort(host, port), reason(first)), "name another address: --addr 127.0.0.1:0 takes any free port"}
}

// reason gives what lies at the bottom of an error of package net.
func reason(err error) error {
	for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(err) {
		err = inner
	}
	return err
}

// reachable gives an address that a browser on this machine can open.
func reachable(addr net.Addr) string {
	host, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return addr.String()
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return net.JoinHostPort(host, port)
}

// hosts gives the names that the preview answers to: those that were named, and this machine's when others may reach it.
func (a *app) hosts(f serveFlags, listener net.Listener) []string {
	var names []string
	for _, name := range f.hosts {
		names = append(names, strings.ToLower(name))
	}
	host, _, err := net.SplitHostPort(f.addr)
	if err == nil && net.ParseIP(host) == nil {
		names = append(names, strings.ToLower(host))
	}
	if tcp, ok := listener.Addr().(*net.TCPAddr); ok && !tcp.IP.IsLoopback() {
		if name, err := os.Hostname(); err == nil {
			names = append(names, strings.ToLower(name))
		}
	}
	return names
}

// browse opens an address in the browser that the system or BROWSER names.
func (a *app) browse(address string) error {
	name, args := "xdg-open", []string{address}
	switch {
	case a.getenv("BROWSER") != "":
		name = a.getenv("BROWSER")
	case runtime.GOOS == "darwin":
		name = "open"
	case runtime.GOOS == "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", address}
	}
	cmd := exec.Command(name, args...)
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("no browser could be opened with %q", name)
	}
	go cmd.Wait()
	return nil
}

func inUse(err error) bool { return errors.Is(err, syscall.EADDRINUSE) }
