//! The two languages of the house: Vietnamese first, English complete.

/// A language people are answered in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// Tiếng Việt.
    #[default]
    Vi,
    /// English.
    En,
}

impl Language {
    /// Its tag, as in `Content-Language`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    /// The better of the two for an `Accept-Language` header; Vietnamese where it leaves the choice.
    pub fn accepted(header: &str) -> Self {
        let weight = |tag: &str| {
            header.split(',').filter_map(|part| preference(part.trim())).filter(|(t, _)| t == tag).map(|(_, q)| q).max().unwrap_or(0)
        };
        if weight("en") > weight("vi").max(weight("*")) { Self::En } else { Self::Vi }
    }
}

/// `en-GB;q=0.8` is English at 800 thousandths.
fn preference(part: &str) -> Option<(String, u32)> {
    let mut pieces = part.split(';').map(str::trim);
    let tag = pieces.next()?.split('-').next()?.to_ascii_lowercase();
    let quality = pieces.find_map(|p| p.strip_prefix("q=")).map_or(Some(1000), thousandths)?;
    Some((tag, quality))
}

fn thousandths(text: &str) -> Option<u32> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits: u32 = format!("{fraction:0<3}").get(..3)?.parse().ok()?;
    Some((whole.parse::<u32>().ok()? * 1000 + digits).min(1000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vietnamese_unless_english_is_wanted_more() {
        for header in ["", "vi", "fr", "*", "vi-VN,vi;q=0.9,en;q=0.8", "en;q=0.5,vi", "en;q=0.5,*;q=0.9", ";;;,"] {
            assert_eq!(Language::accepted(header), Language::Vi, "{header}");
        }
        for header in ["en", "en-GB,en;q=0.9", "fr,en;q=0.3", "vi;q=0.2,en;q=0.21"] {
            assert_eq!(Language::accepted(header), Language::En, "{header}");
        }
    }
}
