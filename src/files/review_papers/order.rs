//! The order in which a document has to tell its properties.
//!
//! The format prescribes it, and programs may refuse or overlook what comes too late; the crate that writes documents has an order of
//! its own.

/// Elements, and the order of what may stand in them.
const ORDERS: [(&str, &str); 9] = [
    (
        "w:pPr",
        "w:pStyle w:keepNext w:keepLines w:pageBreakBefore w:framePr w:widowControl w:numPr w:pBdr w:shd w:tabs \
            w:snapToGrid w:bidi w:adjustRightInd w:spacing w:ind w:jc w:textAlignment w:outlineLvl w:rPr w:sectPr",
    ),
    (
        "w:rPr",
        "w:rStyle w:rFonts w:b w:bCs w:i w:iCs w:caps w:strike w:dstrike w:vanish w:color w:spacing w:w w:sz w:szCs \
            w:highlight w:u w:bdr w:shd w:fitText w:vertAlign w:lang w:specVanish",
    ),
    ("w:trPr", "w:cantSplit w:trHeight w:tblHeader"),
    ("w:tcPr", "w:tcW w:gridSpan w:vMerge w:tcBorders w:shd w:tcMar w:textDirection w:vAlign"),
    ("w:tblPr", "w:tblStyle w:tblpPr w:tblW w:jc w:tblInd w:tblBorders w:tblLayout w:tblCellMar"),
    ("w:tblBorders", "w:top w:left w:bottom w:right w:insideH w:insideV"),
    ("w:sectPr", "w:headerReference w:footerReference w:type w:pgSz w:pgMar w:pgNumType w:cols w:titlePg w:docGrid"),
    ("w:style", "w:name w:basedOn w:next w:link w:uiPriority w:qFormat w:pPr w:rPr"),
    ("w:settings", "w:zoom w:defaultTabStop w:compat"),
];

/// An element that has begun.
struct Open<'a> {
    /// What stands between its first brackets.
    tag: &'a str,
    /// The order of what is in it, if there is one.
    order: Option<&'static str>,
    /// What is in it, each with its place.
    parts: Vec<(usize, String)>,
}

impl<'a> Open<'a> {
    fn new(tag: &'a str) -> Self {
        let name = name(tag);
        let order = ORDERS.iter().find(|(known, _)| *known == name).map(|(_, order)| *order);
        Self { tag, order, parts: Vec::new() }
    }

    fn add(&mut self, name: &str, part: String) {
        // What is unknown comes last.
        let place = |order: &str| order.split(' ').position(|known| known == name).unwrap_or(usize::MAX);
        self.parts.push((self.order.map_or(0, place), part));
    }

    fn content(mut self) -> String {
        // Those of one place stay as they came.
        self.parts.sort_by_key(|(place, _)| *place);
        self.parts.into_iter().map(|(_, part)| part).collect()
    }
}

fn name(tag: &str) -> &str {
    tag.split([' ', '/']).next().unwrap_or_default()
}

/// The same XML with all properties in the order of the format. What it holds must be well-formed, and have no comments.
pub fn in_order(xml: &str) -> String {
    let mut open = vec![Open::new("")];
    let mut pieces = xml.split('<');
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
        if tag.starts_with('/') {
            if let (Some(done), Some(outer)) = (open.pop(), open.last_mut()) {
                let begin = done.tag;
                outer.add(name(begin), format!("<{begin}>{}<{tag}>", done.content()));
            }
        } else if tag.ends_with('/') || tag.starts_with('?') {
            if let Some(outer) = open.last_mut() {
                outer.add(name(tag), format!("<{tag}>"));
            }
        } else {
            open.push(Open::new(tag));
        }
        if let Some(inner) = open.last_mut().filter(|_| !text.is_empty()) {
            inner.add("", text.to_owned());
        }
    }
    out.extend(open.into_iter().map(Open::content));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_stand_in_order() {
        let xml = "<?xml version=\"1.0\"?><w:p><w:pPr><w:rPr><w:sz w:val=\"2\" /><w:b /></w:rPr><w:jc /><w:keepNext /></w:pPr>\
            <w:r><w:t>a &lt; b</w:t><w:br/></w:r><w:r><w:t> c</w:t></w:r></w:p>";
        let wanted = "<?xml version=\"1.0\"?><w:p><w:pPr><w:keepNext /><w:jc /><w:rPr><w:b /><w:sz w:val=\"2\" /></w:rPr></w:pPr>\
            <w:r><w:t>a &lt; b</w:t><w:br/></w:r><w:r><w:t> c</w:t></w:r></w:p>";
        assert_eq!(in_order(xml), wanted);
        assert_eq!(in_order(wanted), wanted);
        assert_eq!((in_order("").as_str(), in_order("x").as_str()), ("", "x"));
    }

    #[test]
    fn what_is_unknown_comes_last() {
        assert_eq!(in_order("<w:tcPr><x/><w:vAlign/><w:tcW/></w:tcPr>"), "<w:tcPr><w:tcW/><w:vAlign/><x/></w:tcPr>");
    }
}
