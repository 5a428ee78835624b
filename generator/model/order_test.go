package model_test

import (
	"slices"
	"testing"

	"candor/generator/model"
)

func TestAlphabet(t *testing.T) {
	want := []string{"Amazon", "Éclair", "Eclipse", "eclipse 2", "Eclipse 10", "zulu", "Zulu", "株式会社"}
	list := []string{"株式会社", "Zulu", "eclipse 2", "Éclair", "Eclipse 10", "zulu", "Amazon", "Eclipse"}
	slices.SortFunc(list, model.Alphabet())
	if !slices.Equal(list, want) {
		t.Errorf("got %q", list)
	}
	if model.Alphabet()("a", "a") != 0 || model.Alphabet()("a", "A") == 0 {
		t.Error("the same names alone are the same")
	}
}
