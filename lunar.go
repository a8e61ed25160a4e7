package tiepdan

import "math"

// The Vietnamese lunar calendar, after Meeus, Astronomical Algorithms, chapters 25 and 49. It is used to propose
// the table of holidays and to test it; the table decides. Vietnam reckons in UTC+7 and China in UTC+8, so a
// Chinese calendar is a day or a month off in some years: 1985, 2007 and 2030, for example.
const vietnamZone = 7.0

// Tet returns the first day of the lunar year that begins in a year between 1961 and 2150.
func Tet(year int) Date { return lunarDay(year, 1, 1, vietnamZone) }

// GioTo returns the Hùng Kings' day, the tenth of the third lunar month.
func GioTo(year int) Date { return lunarDay(year, 3, 10, vietnamZone) }

// lunarDay returns a day of a lunar year's month, never of the leap month with the same number.
func lunarDay(year, month, day int, zone float64) Date {
	solstice := year - 1 // months are numbered from the eleventh, which holds the winter solstice
	if month >= 11 {
		solstice = year
	}
	first, next := eleventhMonth(solstice, zone), eleventhMonth(solstice+1, zone)
	n := (month + 1) % 12
	if next-first == 13 && n >= leapMonth(first, zone) {
		n++
	}
	return dateOfJulian(newMoonDay(first+n, zone) + day - 1)
}

// leapMonth returns which month after the one of new moon first is the leap one: the first without a major solar term.
func leapMonth(first int, zone float64) int {
	for i := 1; i < 13; i++ {
		if solarSector(newMoonDay(first+i, zone), zone) == solarSector(newMoonDay(first+i+1, zone), zone) {
			return i
		}
	}
	return 13
}

// eleventhMonth returns the number of the new moon that opens the month of the year's winter solstice.
func eleventhMonth(year int, zone float64) int {
	end := julianOf(Date{year, 12, 31})
	k := int(math.Floor((float64(end)-2451550.1)/29.530588861)) + 1
	for newMoonDay(k, zone) > end {
		k--
	}
	if solarSector(newMoonDay(k, zone), zone) >= 9 { // the solstice was past already
		k--
	}
	return k
}

// newMoonDay returns the Julian number of the civil day on which new moon k falls.
func newMoonDay(k int, zone float64) int { return int(math.Floor(newMoon(k) + 0.5 + zone/24)) }

// solarSector returns which twelfth of the ecliptic the sun stands in when a civil day begins.
func solarSector(day int, zone float64) int {
	return int(sunLongitude(float64(day)-0.5-zone/24) / 30)
}

const (
	radian    = math.Pi / 180
	unixEpoch = 2440588 // the Julian number of 1 January 1970
)

func julianOf(d Date) int            { return unixEpoch + Date{1970, 1, 1}.DaysUntil(d) }
func dateOfJulian(day int) Date      { return Date{1970, 1, 1}.Add(day - unixEpoch) }
func yearOfJulian(j float64) float64 { return 2000 + (j-2451545)/365.25 }

// deltaT returns how many days the even time of the heavens is ahead of the earth's (Espenak and Meeus).
func deltaT(year float64) float64 {
	var seconds float64
	switch t := year - 2000; {
	case year < 1986:
		t = year - 1975
		seconds = 45.45 + t*(1.067-t*(1/260.0+t/718))
	case year < 2005:
		seconds = 63.86 + t*(0.3345+t*(-0.060374+t*(0.0017275+t*(0.000651814+t*0.00002373599))))
	case year < 2050:
		seconds = 62.92 + t*(0.32217+t*0.005589)
	default:
		t = (year - 1820) / 100
		seconds = -20 + 32*t*t - 0.5628*(2150-year)
	}
	return seconds / 86400
}

// sunLongitude returns the sun's apparent longitude in degrees at a Julian day.
func sunLongitude(julian float64) float64 {
	t := (julian + deltaT(yearOfJulian(julian)) - 2451545) / 36525
	mean := 280.46646 + t*(36000.76983+t*0.0003032)
	m := (357.52911 + t*(35999.05029-t*0.0001537)) * radian
	center := (1.914602-t*(0.004817+t*0.000014))*math.Sin(m) + (0.019993-0.000101*t)*math.Sin(2*m) + 0.000289*math.Sin(3*m)
	node := (125.04 - 1934.136*t) * radian
	l := math.Mod(mean+center-0.00569-0.00478*math.Sin(node), 360)
	if l < 0 {
		l += 360
	}
	return l
}

// moonTerms are the periodic terms of a new moon: the amount in days, the power of the earth's eccentricity, and
// the multiples of the sun's anomaly, the moon's anomaly, the moon's latitude and the node.
var moonTerms = [...]struct {
	days             float64
	e                int
	sun, moon, f, om float64
}{
	{-0.40720, 0, 0, 1, 0, 0}, {0.17241, 1, 1, 0, 0, 0}, {0.01608, 0, 0, 2, 0, 0}, {0.01039, 0, 0, 0, 2, 0},
	{0.00739, 1, -1, 1, 0, 0}, {-0.00514, 1, 1, 1, 0, 0}, {0.00208, 2, 2, 0, 0, 0}, {-0.00111, 0, 0, 1, -2, 0},
	{-0.00057, 0, 0, 1, 2, 0}, {0.00056, 1, 1, 2, 0, 0}, {-0.00042, 0, 0, 3, 0, 0}, {0.00042, 1, 1, 0, 2, 0},
	{0.00038, 1, 1, 0, -2, 0}, {-0.00024, 1, -1, 2, 0, 0}, {-0.00017, 0, 0, 0, 0, 1}, {-0.00007, 0, 2, 1, 0, 0},
	{0.00004, 0, 0, 2, -2, 0}, {0.00004, 0, 3, 0, 0, 0}, {0.00003, 0, 1, 1, -2, 0}, {0.00003, 0, 0, 2, 2, 0},
	{-0.00003, 0, 1, 1, 2, 0}, {0.00003, 0, -1, 1, 2, 0}, {-0.00002, 0, -1, 1, -2, 0}, {-0.00002, 0, 1, 3, 0, 0},
	{0.00002, 0, 0, 4, 0, 0},
}

// planetTerms add what the planets do: the angle at k = 0, its growth, the amount in millionths of a day.
var planetTerms = [...][3]float64{
	{299.77, 0.107408, 325}, {251.88, 0.016321, 165}, {251.83, 26.651886, 164}, {349.42, 36.412478, 126},
	{84.66, 18.206239, 110}, {141.74, 53.303771, 62}, {207.14, 2.453732, 60}, {154.84, 7.306860, 56},
	{34.52, 27.261239, 47}, {207.19, 0.121824, 42}, {291.34, 1.844379, 40}, {161.72, 24.198154, 37},
	{239.56, 25.513099, 35}, {331.55, 3.592518, 23},
}

// newMoon returns the Julian day, in universal time, of the k-th new moon since 6 January 2000.
func newMoon(k int) float64 {
	n := float64(k)
	t := n / 1236.85
	e := 1 - t*(0.002516+t*0.0000074)
	sun := 2.5534 + 29.10535670*n - 0.0000014*t*t
	moon := 201.5643 + 385.81693528*n + 0.0107582*t*t
	f := 160.7108 + 390.67050284*n - 0.0016118*t*t
	node := 124.7746 - 1.56375588*n + 0.0020672*t*t
	j := 2451550.09766 + 29.530588861*n + t*t*(0.00015437-0.000000150*t)
	for _, m := range moonTerms {
		angle := m.sun*sun + m.moon*moon + m.f*f + m.om*node
		j += m.days * math.Pow(e, float64(m.e)) * math.Sin(angle*radian)
	}
	for i, p := range planetTerms {
		angle := p[0] + p[1]*n
		if i == 0 {
			angle -= 0.009173 * t * t
		}
		j += p[2] * 1e-6 * math.Sin(angle*radian)
	}
	return j - deltaT(yearOfJulian(j))
}
