//! Units of measurement, and which of them measure the same.

/// A unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Unit {
    pub(super) name: &'static str,
    /// What it measures: what is measured alike can be converted.
    pub(super) dimension: &'static str,
    /// How many of the dimension's first unit it is.
    pub(super) factor: f64,
}

/// A whole, of which shares are taken.
pub(super) const WHOLE: Unit = Unit { name: "whole", dimension: "share", factor: 1.0 };

/// Each unit's name, what it measures, how many of the first one it is, and the ways in which it is written. Units that
/// differ by more than a factor, or whose value changes, have a dimension of their own.
const UNITS: [(&str, &str, f64, &str); 62] = [
    ("whole", "share", 1.0, ""),
    ("%", "share", 0.01, "% percent per_cent percentage"),
    ("times", "ratio", 1.0, "times time fold"),
    ("°C", "°C", 1.0, "°c ℃ celsius degrees_celsius degree_celsius centigrade"),
    ("°F", "°F", 1.0, "°f ℉ fahrenheit degrees_fahrenheit degree_fahrenheit"),
    ("K", "K", 1.0, "k kelvin kelvins"),
    ("°", "°", 1.0, "° degree degrees"),
    ("nm", "length", 1e-9, "nm nanometer nanometers nanometre nanometres"),
    ("µm", "length", 1e-6, "µm μm micrometer micrometers micrometre micrometres microns"),
    ("mm", "length", 1e-3, "mm millimeter millimeters millimetre millimetres"),
    ("cm", "length", 1e-2, "cm centimeter centimeters centimetre centimetres"),
    ("m", "length", 1.0, "m meter meters metre metres"),
    ("km", "length", 1e3, "km kilometer kilometers kilometre kilometres"),
    ("in", "length", 0.0254, "inch inches"),
    ("ft", "length", 0.3048, "ft foot feet"),
    ("yd", "length", 0.9144, "yard yards"),
    ("mi", "length", 1609.344, "mi mile miles"),
    ("km²", "area", 1e6, "square_kilometer square_kilometers square_kilometre square_kilometres km²"),
    ("m²", "area", 1.0, "square_meter square_meters square_metre square_metres m²"),
    ("mi²", "area", 2.59e6, "square_mile square_miles"),
    ("ha", "area", 1e4, "hectare hectares"),
    ("acre", "area", 4046.86, "acre acres"),
    ("µg", "mass", 1e-9, "µg μg microgram micrograms"),
    ("mg", "mass", 1e-6, "mg milligram milligrams"),
    ("g", "mass", 1e-3, "g gram grams"),
    ("kg", "mass", 1.0, "kg kilogram kilograms kilo kilos"),
    ("oz", "mass", 0.02835, "oz ounce ounces"),
    ("lb", "mass", 0.45359, "lb lbs pound pounds"),
    ("t", "mass", 1e3, "t ton tons tonne tonnes"),
    ("ms", "time", 1e-3, "ms millisecond milliseconds"),
    ("s", "time", 1.0, "s sec second seconds"),
    ("min", "time", 60.0, "min minute minutes"),
    ("h", "time", 3600.0, "h hr hrs hour hours hourly"),
    ("d", "time", 86_400.0, "day days daily"),
    ("wk", "time", 604_800.0, "week weeks weekly"),
    ("mo", "time", 2_629_800.0, "month months monthly"),
    ("yr", "time", 31_557_600.0, "yr yrs year years yearly annually"),
    ("decade", "time", 315_576_000.0, "decade decades"),
    ("century", "time", 3_155_760_000.0, "century centuries"),
    ("ml", "volume", 1e-3, "ml milliliter milliliters millilitre millilitres"),
    ("l", "volume", 1.0, "l liter liters litre litres"),
    ("m³", "volume", 1e3, "cubic_meter cubic_meters cubic_metre cubic_metres m³"),
    ("gal", "volume", 3.785, "gallon gallons"),
    ("Hz", "frequency", 1.0, "hz hertz"),
    ("kHz", "frequency", 1e3, "khz kilohertz"),
    ("MHz", "frequency", 1e6, "mhz megahertz"),
    ("GHz", "frequency", 1e9, "ghz gigahertz"),
    ("mV", "voltage", 1e-3, "mv millivolt millivolts"),
    ("V", "voltage", 1.0, "v volt volts"),
    ("W", "power", 1.0, "w watt watts"),
    ("kW", "power", 1e3, "kw kilowatt kilowatts"),
    ("MW", "power", 1e6, "mw megawatt megawatts"),
    ("J", "energy", 1.0, "j joule joules"),
    ("kJ", "energy", 1e3, "kj kilojoule kilojoules"),
    ("kcal", "energy", 4184.0, "kcal kilocalorie kilocalories calorie calories"),
    ("Pa", "pressure", 1.0, "pa pascal pascals"),
    ("bar", "pressure", 1e5, "bar bars"),
    ("atm", "pressure", 101_325.0, "atm atmosphere atmospheres"),
    ("byte", "data", 1.0, "byte bytes"),
    ("$", "$", 1.0, "$ usd dollar dollars"),
    ("€", "€", 1.0, "€ eur euro euros"),
    ("£", "£", 1.0, "£ gbp"),
];

/// What is read as the unit behind a number: signs, and those of more than one word. Any other word may be one.
pub(super) const PATTERN: &str = r"(?: % | per\ cent | °\s?[cf]?\b | ° | [℃℉€$£] | degrees?\ (?:celsius|fahrenheit)
    | (?:square|cubic)[\s-]\p{L}+ | [µμ]?\p{L}+[²³]? )";

/// What is read as a unit behind "a" or "each", where a number would be "one".
pub(super) const SINGLE: &str = r"(?: (?:milli)?second | minute | hour | day | week | month | year | decade | century
    | (?:kilo|centi|milli)?met(?:er|re) | inch | mile | yard | (?:kilo|milli)?gram | tonne? | ounce | pound | litre | liter )";

/// The unit that is written in this way, in lower case.
pub(super) fn unit(written: &str) -> Option<Unit> {
    let written = written.replace("° ", "°").replace([' ', '-'], "_");
    let found = UNITS.iter().find(|(_, _, _, ways)| ways.split(' ').any(|way| way == written && !way.is_empty()));
    found.map(|(name, dimension, factor, _)| Unit { name, dimension, factor: *factor })
}
