package model

import (
	"fmt"
	"strconv"
	"time"
)

// A Day is a calendar day in UTC, counted so that the difference of two is a number of days; 0 is no day.
type Day int

const dayZero = -719163 // the day before 0001-01-01, counted from 1970-01-01: so that every real date is above 0

// DayOf gives the day of a date in UTC.
func DayOf(t time.Time) Day {
	year, month, day := t.UTC().Date()
	return Day(int(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix()/86400) - dayZero)
}

// ParseDay reads YYYY-MM-DD, a day that the calendar has, from the year 1970 to 9999.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1970 {
		return 0, fmt.Errorf("%q is no date, write YYYY-MM-DD", s)
	}
	return DayOf(t), nil
}

// Time gives midnight of the day in UTC.
func (d Day) Time() time.Time { return time.Unix(int64(int(d)+dayZero)*86400, 0).UTC() }

// String gives the day as YYYY-MM-DD, "" for no day.
func (d Day) String() string {
	if d == 0 {
		return ""
	}
	return d.Time().Format(time.DateOnly)
}

// Long gives the day as people write it: 2 January 2006.
func (d Day) Long() string {
	if d == 0 {
		return ""
	}
	return d.Time().Format("2 January 2006")
}

// Add gives the day p later. A month or year that ends on a day which the target month lacks ends on its last day.
func (d Day) Add(p Period) Day {
	switch p.Unit {
	case 'm':
		return d.addMonths(p.Count)
	case 'y':
		return d.addMonths(12 * p.Count)
	}
	return d + Day(p.Count)
}

func (d Day) addMonths(n int) Day {
	t := d.Time()
	first := time.Date(t.Year(), t.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return DayOf(first.AddDate(0, 0, min(t.Day(), last)-1))
}

// A Period is a length of time in days, months or years.
type Period struct {
	Count int
	Unit  byte // 'd', 'm' or 'y'; 0 is no period
}

// IsZero reports whether there is no period.
func (p Period) IsZero() bool { return p.Unit == 0 }

// ParsePeriod reads 30d, 12m or 1y.
func ParsePeriod(s string) (Period, error) {
	if n := len(s); n >= 2 && n <= 6 {
		unit := s[n-1]
		if count, err := strconv.ParseUint(s[:n-1], 10, 31); err == nil && (unit == 'd' || unit == 'm' || unit == 'y') && s[0] != '+' {
			return Period{Count: int(count), Unit: unit}, nil
		}
	}
	return Period{}, fmt.Errorf("%q is no duration, write days, months or years like 30d, 12m or 1y", s)
}

// Days gives the length for comparison, a month as 30 days and a year as 365.
func (p Period) Days() int {
	switch p.Unit {
	case 'm':
		return p.Count * 30
	case 'y':
		return p.Count * 365
	}
	return p.Count
}

// String gives the period as it is written: 30d.
func (p Period) String() string {
	if p.Unit == 0 {
		return ""
	}
	return strconv.Itoa(p.Count) + string(p.Unit)
}

// Long gives the period in words: "30 days", "1 year".
func (p Period) Long() string {
	word, ok := map[byte]string{'d': "day", 'm': "month", 'y': "year"}[p.Unit]
	if !ok {
		return ""
	}
	if p.Count != 1 {
		word += "s"
	}
	return strconv.Itoa(p.Count) + " " + word
}
