package watch

import (
	"slices"
	"testing"
	"time"
)

// durations are what a benchmark measured, one by one.
type durations []time.Duration

// report gives the median and the 95th percentile in milliseconds.
func (d durations) report(b *testing.B) {
	slices.Sort(d)
	at := func(part float64) float64 { return float64(d[int(part*float64(len(d)-1))].Microseconds()) / 1000 }
	b.ReportMetric(at(0.5), "ms-p50")
	b.ReportMetric(at(0.95), "ms-p95")
}
