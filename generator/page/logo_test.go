package page

import "testing"

func TestLogoWidth(t *testing.T) {
	for data, want := range map[string]int{
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"/>`: 28,
		`<svg viewBox="0,0,200,50" width="1" height="1"/>`:              112,
		`<svg width="56px" height="28px"/>`:                             56,
		`<svg width="100%" height="28"/>`:                               0,
		"GIF89a":                                                        0,
		"":                                                              0,
		`<svg viewBox="0 0 90000 1"/>`:                                  1120,
	} {
		if got := logoWidth([]byte(data)); got != want {
			t.Errorf("logoWidth(%s) = %d, want %d", data, got, want)
		}
	}
}
