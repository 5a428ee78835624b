package main

import (
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// s3server gives the program of an S3 server, "" when there is none here.
func s3server() string {
	if program := os.Getenv("CANDOR_VERSITYGW"); program != "" {
		return program
	}
	program, err := exec.LookPath("versitygw")
	if err != nil {
		return ""
	}
	return program
}

// gateway BUCKET starts an S3 server with one bucket, which ends with the script; $ENDPOINT is where it is, $OBJECTS the folder in which the bucket is one.
func gateway(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: gateway BUCKET")
	}
	objects := ts.MkAbs("objects")
	ts.Check(os.MkdirAll(filepath.Join(objects, args[0]), 0o755))
	for range 5 { // somebody else may take the port first
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		ts.Check(err)
		host := listener.Addr().String()
		ts.Check(listener.Close())
		command := exec.Command(s3server(), "--port", host, "--quiet", "posix", objects)
		command.Env = append(os.Environ(), "ROOT_ACCESS_KEY=test", "ROOT_SECRET_KEY=a key of this script")
		ts.Check(command.Start())
		if listens(host) {
			ts.Defer(func() { command.Process.Kill(); command.Wait() })
			ts.Setenv("ENDPOINT", "http://"+host)
			ts.Setenv("OBJECTS", objects)
			return
		}
		command.Process.Kill()
		command.Wait()
	}
	ts.Fatalf("the S3 server does not come up")
}

func listens(host string) bool {
	for range 300 {
		if answer, err := http.Get("http://" + host + "/"); err == nil {
			answer.Body.Close()
			return true
		}
		time.Sleep(20 * time.Millisecond)
	}
	return false
}
