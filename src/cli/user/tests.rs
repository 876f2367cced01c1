//! The command line on an empty database.

use super::*;
use clap::Parser;

#[derive(Debug, Parser)]
struct Line {
    #[command(subcommand)]
    command: Command,
}

fn add(settings: &Settings, line: &str) -> Result<(), String> {
    let words = shell_words(line);
    let line = Line::try_parse_from(std::iter::once("user").chain(words.iter().map(String::as_str))).map_err(|e| e.to_string())?;
    let Command::Add(add) = line.command else { return Err("not add".into()) };
    add.run(settings, |_| Ok(Password::new("Mật khẩu 2026".into()))).map_err(|e| e.to_string())
}

/// Words parted by spaces; an underscore stands for a space within a word.
fn shell_words(line: &str) -> Vec<String> {
    line.split(' ').map(|word| word.replace('_', " ")).collect()
}

#[test]
fn an_empty_database_gets_its_first_administrator() {
    let folder = tempfile::tempdir().unwrap();
    let settings = Settings::from_parts(&format!("data_dir = {:?}", folder.path().display().to_string()), |_| None).unwrap();
    crate::cli::serve::migrate(&settings).unwrap();

    let alone = add(&settings, "add admin --display Quản_trị --role admin --area hg").unwrap_err();
    assert!(alone.contains("--new-area NAME"), "{alone}");
    add(&settings, "add admin --display Quản_trị --role admin --area hg --new-area Tỉnh_Hậu_Giang --new-area-from 2004-01-01").unwrap();
    let account = write(&settings, |conn, _| known(conn, "admin")).unwrap();
    assert_eq!(describe(&account), "admin                 Quản trị  [admin on area hg, Tỉnh Hậu Giang]");
    assert!(passwords::matches("Mật khẩu 2026", Some(&account.user.password_hash)));

    let twice = add(&settings, "add admin --display Nữa").unwrap_err();
    assert!(twice.contains("already"), "{twice}");
    add(&settings, "add van-thu --display Văn_thư").unwrap();
    let nowhere = add(&settings, "add khac --display Khác --role reporter --unit hg-so-y-te").unwrap_err();
    assert!(nowhere.contains("hg-so-y-te"), "{nowhere}");
    assert!(write(&settings, |conn, _| Ok(find(conn, "khac")?)).unwrap().is_none(), "nothing is half done");
}

#[test]
fn a_role_needs_exactly_one_place() {
    for wrong in [
        "user add a --display b --role admin",
        "user add a --display b --area hg",
        "user grant a --role admin",
        "user grant a --role admin --area hg --unit hg-so-y-te",
        "user grant a --role king --area hg",
        "user add a --display b --role admin --area hg --new-area Hậu",
    ] {
        assert!(Line::try_parse_from(wrong.split(' ')).is_err(), "{wrong}");
    }
    assert!(Line::try_parse_from("user grant a --role admin --area hg".split(' ')).is_ok());
}
