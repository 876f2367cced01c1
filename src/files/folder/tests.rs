use super::*;

const PDF: &[u8] = b"%PDF-1.4\n%%EOF\n";

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

fn staged(folder: &Folder, name: &str) -> Staged {
    let mut incoming = folder.begin().unwrap();
    incoming.add(PDF).unwrap();
    incoming.end(name).unwrap()
}

#[test]
fn a_content_is_kept_once_under_its_digest() {
    let place = tempfile::tempdir().unwrap();
    let folder = Folder::new(&place.path().join("a"), 100);
    let (first, second) = (staged(&folder, "x/a.pdf"), staged(&folder, "b.PDF"));
    assert_eq!(files(place.path()).len(), 2);
    first.keep().unwrap();
    second.keep().unwrap();
    drop((first, second));
    let digest = hex::encode(Sha256::digest(PDF));
    assert_eq!(files(place.path()), [place.path().join("a").join(&digest[..2]).join(&digest)]);
    assert_eq!(folder.digest(&digest).unwrap(), (15, digest.clone()));
    // What was damaged is whole again once it comes in again.
    fs::write(folder.place(&digest).unwrap(), b"x").unwrap();
    staged(&folder, "c.pdf").keep().unwrap();
    assert_eq!(folder.digest(&digest).unwrap().0, 15);
}

#[test]
fn what_is_not_kept_leaves_nothing() {
    let place = tempfile::tempdir().unwrap();
    let folder = Folder::new(place.path(), 20);
    drop(staged(&folder, "a.pdf"));
    drop(folder.begin().unwrap());
    let mut incoming = folder.begin().unwrap();
    incoming.add(PDF).unwrap();
    assert_eq!(incoming.add(&[0; 6]), Err(AttachmentProblem::TooLarge { most: 20 }));
    drop(incoming);
    assert_eq!(folder.begin().unwrap().end("a.pdf").unwrap_err(), AttachmentProblem::Empty);
    assert!(files(place.path()).is_empty());
}

#[test]
fn what_a_crash_left_is_swept_after_a_day() {
    let place = tempfile::tempdir().unwrap();
    let folder = Folder::new(place.path(), 100);
    assert_eq!(folder.sweep(SystemTime::UNIX_EPOCH).unwrap(), 0);
    staged(&folder, "a.pdf").keep().unwrap();
    let left = place.path().join(INCOMING).join("x.part");
    fs::write(&left, "x").unwrap();
    let written = fs::metadata(&left).unwrap().modified().unwrap();
    assert_eq!(folder.sweep(written + LEFT_AFTER).unwrap(), 0);
    assert_eq!(folder.sweep(written + LEFT_AFTER + Duration::from_secs(1)).unwrap(), 1);
    assert_eq!(files(place.path()).len(), 1);
}

#[test]
fn a_folder_that_cannot_be_written_says_so() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("file");
    fs::write(&path, "no folder").unwrap();
    assert_eq!(Folder::new(&path, 100).begin().unwrap_err(), AttachmentProblem::NoRoom);
}

#[test]
fn no_name_leads_out_of_the_folder() {
    let folder = Folder::new(Path::new("/nowhere"), 1);
    for name in ["", "..", "../../etc/passwd", &"/".repeat(64), &"A".repeat(64), &"0".repeat(63)] {
        assert_eq!(folder.open(name).unwrap_err().kind(), io::ErrorKind::InvalidInput, "{name}");
    }
}

#[test]
fn a_backup_brings_a_content_back_only_under_its_own_name() {
    let place = tempfile::tempdir().unwrap();
    let (folder, digest) = (Folder::new(place.path(), 1), hex::encode(Sha256::digest(PDF)));
    folder.take(&digest, &mut &*PDF).unwrap();
    assert_eq!(folder.digest(&digest).unwrap(), (15, digest.clone()));
    assert!(folder.take(&digest, &mut &b"other"[..]).unwrap_err().contains("SHA-256"));
    assert_eq!(files(place.path()).len(), 1);
}
