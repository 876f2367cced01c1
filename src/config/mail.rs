//! How mail is sent, as it is configured.

use super::{SettingsError, Written, within};
use crate::domain::mail::{MailSettings, SmtpServer, sender};
use crate::domain::notifications::QuietHours;

/// The first of the quiet hours, unless configured otherwise.
const QUIET_FROM: i64 = 20;
/// The hour at which they end.
const QUIET_UNTIL: i64 = 7;

/// The settings of mail; none without a server. What is written of mail is checked either way.
///
/// # Errors
/// A sentence that names the setting and says what to do; never the password.
pub fn read(written: &Written, public_url: Option<&str>) -> Result<Option<MailSettings>, SettingsError> {
    let hour = |name: &str, hour: Option<i64>, usual: i64| {
        let hour = within(name, hour.unwrap_or(usual), 0, 23)?;
        u32::try_from(hour).map_err(|e| format!("{name}: {e}"))
    };
    let quiet = QuietHours {
        from: hour("mail_quiet_from", written.mail_quiet_from, QUIET_FROM)?,
        until: hour("mail_quiet_until", written.mail_quiet_until, QUIET_UNTIL)?,
    };
    let from = written.mail_from.as_deref().map(|text| sender(text).map_err(|e| format!("mail_from: {text:?} {e}"))).transpose()?;
    let Some(url) = &written.smtp_url else { return Ok(None) };
    let server: SmtpServer = url.parse().map_err(|e| format!("smtp_url: {e}"))?;
    if server.is_readable_on_the_way() && !written.allow_unencrypted_mail.unwrap_or(false) {
        return Err("smtp_url: mail would go over an unencrypted line. Write smtps://…, or smtp://…?tls=required, or set \
                    allow_unencrypted_mail = true if the network is yours alone"
            .into());
    }
    let (from_name, from) = from.ok_or("mail_from is needed with smtp_url: the address mail comes from")?;
    let site = public_url.ok_or("public_url is needed with smtp_url: where the links in mail lead")?.to_owned();
    Ok(Some(MailSettings { server, from_name, from, site, quiet }))
}
