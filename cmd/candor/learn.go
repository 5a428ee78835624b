package main

func (a *app) learnFrom(name string, f answerFlags) error { return nil }
