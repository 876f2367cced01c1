//! Signing in, staying in, signing out.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

use crate::common::world::PASSWORD;
use crate::common::{Response, TestApp, on_both_databases};

on_both_databases! {
    a_person_signs_in,
    a_wrong_password_is_refused,
    after_five_failures_a_name_waits,
    many_guesses_at_once_count_like_one_after_another,
    whoever_is_signed_out_hears_that_first,
    an_old_token_sent_along_does_no_harm_when_signing_in,
    a_disabled_account_is_out_at_once,
    refreshing_replaces_both_tokens,
    a_refresh_token_used_twice_ends_the_session,
    signing_out_is_immediate,
    a_new_password_ends_the_other_sessions,
    a_new_password_must_be_good,
    an_access_token_lives_fifteen_minutes,
    only_our_own_tokens_count,
}

async fn login(app: &TestApp, username: &str, password: &str) -> Response {
    app.anonymous().post("auth/login", json!({"username": username, "password": password})).await
}

async fn refresh(app: &TestApp, token: &Value) -> Response {
    app.anonymous().post("auth/refresh", json!({"refresh_token": token})).await
}

async fn me(app: &TestApp, access: &Value) -> Response {
    app.holder(access.as_str().unwrap()).get("me").await
}

async fn a_person_signs_in(app: TestApp) {
    let tokens = login(&app, "office", PASSWORD).await.expect(200);
    assert_eq!((&tokens.json["token_type"], &tokens.json["expires_in"]), (&json!("Bearer"), &json!(900)));
    let office = me(&app, &tokens.json["access_token"]).await.expect(200);
    assert_eq!(office.json["username"], "office");
    let places: Vec<_> =
        office.json["grants"].as_array().unwrap().iter().map(|g| (&g["role"], &g["area"]["code"], &g["unit"]["code"])).collect();
    assert!(places.contains(&(&json!("office"), &json!("hg"), &Value::Null)), "{places:?}");
    assert!(places.contains(&(&json!("office"), &Value::Null, &json!("hg-van-phong-tinh-uy"))), "{places:?}");
    assert!(!office.text.contains("argon2") && !office.text.contains("password"), "{}", office.text);
}

async fn a_wrong_password_is_refused(app: TestApp) {
    login(&app, "office", "Sai-mật-khẩu").await.refused(401, "wrong_credentials");
    login(&app, "nobody", PASSWORD).await.refused(401, "wrong_credentials");
    let answer = app.anonymous().post("auth/login", json!({"username": "office"})).in_english().await;
    answer.invalid("/password", "required");
    app.anonymous().get("me").await.refused(401, "unauthenticated");
    assert_eq!(app.anonymous().get("me").await.header("www-authenticate"), "Bearer");
}

/// Known and unknown names are answered alike, so that nobody learns who has an account.
async fn after_five_failures_a_name_waits(app: TestApp) {
    for name in ["leader", "nobody"] {
        for _ in 0..5 {
            login(&app, name, "Sai-mật-khẩu").await.refused(401, "wrong_credentials");
        }
        let waits = login(&app, name, PASSWORD).await;
        waits.refused(429, "too_many_attempts");
        assert_eq!(waits.header("retry-after"), "30");
    }
    login(&app, "office", PASSWORD).await.expect(200);
    app.pass(31);
    login(&app, "leader", "Sai-mật-khẩu").await.refused(401, "wrong_credentials");
    assert_eq!(login(&app, "leader", PASSWORD).await.refused(429, "too_many_attempts").header("retry-after"), "60");
    app.pass(61);
    login(&app, "leader", PASSWORD).await.expect(200);
    login(&app, "leader", "Sai-mật-khẩu").await.refused(401, "wrong_credentials");
    login(&app, "leader", PASSWORD).await.expect(200);
}

async fn many_guesses_at_once_count_like_one_after_another(app: TestApp) {
    let guess = || login(&app, "leader", "Sai-mật-khẩu");
    let answers = futures_util::future::join_all((0..12).map(|_| guess())).await;
    let of = |status: u16| answers.iter().filter(|answer| answer.status == status).count();
    assert_eq!((of(401), of(429)), (5, 7));
}

async fn whoever_is_signed_out_hears_that_first(app: TestApp) {
    let tokens = login(&app, "office", PASSWORD).await.expect(200).json;
    let office = app.holder(tokens["access_token"].as_str().unwrap());
    office.post("auth/logout", json!({})).await.expect(204);
    for path in ["tasks?colour=red", "tasks?limit=x", "tasks/no-id", "dashboards/overview?as_of=2099-01-01"] {
        office.get(path).await.refused(401, "invalid_token");
    }
    office.post("tasks", json!({"titel": 1})).await.refused(401, "invalid_token");
}

async fn an_old_token_sent_along_does_no_harm_when_signing_in(app: TestApp) {
    let first = login(&app, "office", PASSWORD).await.expect(200).json;
    app.pass(20 * 60);
    let late = app.holder(first["access_token"].as_str().unwrap());
    late.post("auth/refresh", json!({"refresh_token": first["refresh_token"]})).await.expect(200);
    late.post("auth/login", json!({"username": "office", "password": PASSWORD})).await.expect(200);
}

async fn a_disabled_account_is_out_at_once(app: TestApp) {
    let tokens = login(&app, "leader", PASSWORD).await.expect(200).json;
    app.db_sql("UPDATE users SET disabled_at = recorded_at WHERE username = 'leader'");
    me(&app, &tokens["access_token"]).await.refused(401, "invalid_token");
    refresh(&app, &tokens["refresh_token"]).await.refused(401, "invalid_token");
    login(&app, "leader", PASSWORD).await.refused(401, "wrong_credentials");
}

async fn refreshing_replaces_both_tokens(app: TestApp) {
    let first = login(&app, "office", PASSWORD).await.expect(200).json;
    app.pass(20 * 60);
    me(&app, &first["access_token"]).await.refused(401, "invalid_token");
    let second = refresh(&app, &first["refresh_token"]).await.expect(200).json;
    assert_ne!(first["refresh_token"], second["refresh_token"]);
    me(&app, &second["access_token"]).await.expect(200);
    refresh(&app, &json!("no such token")).await.refused(401, "invalid_token");
    app.pass(15 * 24 * 3600);
    refresh(&app, &second["refresh_token"]).await.refused(401, "invalid_token");
}

/// Whoever uses it the second time: one of the two stole it.
async fn a_refresh_token_used_twice_ends_the_session(app: TestApp) {
    let first = login(&app, "office", PASSWORD).await.expect(200).json;
    let other = login(&app, "office", PASSWORD).await.expect(200).json;
    let second = refresh(&app, &first["refresh_token"]).await.expect(200).json;
    refresh(&app, &first["refresh_token"]).await.refused(401, "invalid_token");
    me(&app, &second["access_token"]).await.refused(401, "invalid_token");
    refresh(&app, &second["refresh_token"]).await.refused(401, "invalid_token");
    me(&app, &other["access_token"]).await.expect(200);
}

async fn signing_out_is_immediate(app: TestApp) {
    let tokens = login(&app, "office", PASSWORD).await.expect(200).json;
    let office = app.holder(tokens["access_token"].as_str().unwrap());
    office.post("auth/logout", json!({})).await.expect(204);
    office.get("me").await.refused(401, "invalid_token");
    refresh(&app, &tokens["refresh_token"]).await.refused(401, "invalid_token");
}

async fn a_new_password_ends_the_other_sessions(app: TestApp) {
    let here = login(&app, "office", PASSWORD).await.expect(200).json;
    let there = login(&app, "office", PASSWORD).await.expect(200).json;
    let office = app.holder(here["access_token"].as_str().unwrap());
    let change = json!({"current_password": PASSWORD, "new_password": "Mật-khẩu-mới-2026"});
    office.put("me/password", change).await.expect(204);
    office.get("me").await.expect(200);
    me(&app, &there["access_token"]).await.refused(401, "invalid_token");
    refresh(&app, &there["refresh_token"]).await.refused(401, "invalid_token");
    login(&app, "office", PASSWORD).await.refused(401, "wrong_credentials");
    login(&app, "office", "Mật-khẩu-mới-2026").await.expect(200);
}

async fn a_new_password_must_be_good(app: TestApp) {
    let (office, before) = (app.office(), app.position());
    let change = |now: &str, new: &str| office.put("me/password", json!({"current_password": now, "new_password": new}));
    change("Sai-mật-khẩu", "Mật-khẩu-mới-2026").await.invalid("/current_password", "wrong_password");
    change(PASSWORD, "ngắn").await.invalid("/new_password", "password");
    change(PASSWORD, "password123").await.invalid("/new_password", "password");
    assert_eq!(app.position(), before);
    login(&app, "office", PASSWORD).await.expect(200);
}

async fn an_access_token_lives_fifteen_minutes(app: TestApp) {
    let tokens = login(&app, "office", PASSWORD).await.expect(200).json;
    app.pass(15 * 60 - 1);
    me(&app, &tokens["access_token"]).await.expect(200);
    app.pass(1);
    me(&app, &tokens["access_token"]).await.refused(401, "invalid_token");
}

async fn only_our_own_tokens_count(app: TestApp) {
    let real = login(&app, "office", PASSWORD).await.expect(200).json;
    let real = real["access_token"].as_str().unwrap();
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(real.split('.').nth(1).unwrap()).unwrap()).unwrap();
    let sign = |algorithm, key: &[u8]| jsonwebtoken::encode(&Header::new(algorithm), &claims, &EncodingKey::from_secret(key)).unwrap();
    let key = app.state.signing_key().bytes();
    let none = URL_SAFE_NO_PAD.encode(json!({"alg": "none", "typ": "JWT"}).to_string());
    let mut other_user = real.split('.').map(ToOwned::to_owned).collect::<Vec<_>>();
    other_user[1] = URL_SAFE_NO_PAD.encode(claims.to_string().replace("\"sub\":\"0", "\"sub\":\"1"));
    app.holder(&sign(Algorithm::HS256, key)).get("me").await.expect(200);
    for forged in [
        sign(Algorithm::HS256, b"another key, as long as the real one is"),
        sign(Algorithm::HS384, key),
        format!("{none}.{}.", real.split('.').nth(1).unwrap()),
        format!("{none}.{}", real.split_once('.').unwrap().1),
        other_user.join("."),
        real.trim_end_matches(|c| c != '.').to_owned(),
        "x".into(),
    ] {
        app.holder(&forged).get("me").await.refused(401, "invalid_token");
        app.holder(&forged).get("areas").await.refused(401, "invalid_token");
    }
    app.anonymous().get("me").header("Authorization", "Basic b2ZmaWNlOng=").await.refused(401, "unauthenticated");
    app.anonymous().get("me").header("Authorization", "Bearer").await.refused(401, "invalid_token");
}
