//! The service with its demo data, and a browser that looks at it: both of their own for each
//! journey, and gone when it ends.

use std::future::Future;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use actix_web::rt;
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;

/// What every account of the demo signs in with.
pub const PASSWORD: &str = "Demo-2026!";

/// A process that is ended with the journey.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts a program; answers it with the first line it says that holds `sign`.
fn start(command: &mut Command, sign: &str) -> (Process, String) {
    let mut process = Process(command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap_or_else(|e| panic!("{command:?}: {e}")));
    let mut lines = BufReader::new(process.0.stdout.take().unwrap()).lines();
    let line = lines.by_ref().map_while(Result::ok).find(|line| line.contains(sign));
    let line = line.unwrap_or_else(|| panic!("{command:?} did not start"));
    // What it says later must not stop it.
    std::thread::spawn(move || lines.for_each(drop));
    (process, line)
}

/// A path that `scripts/test` has found.
fn found(variable: &str) -> String {
    std::env::var(variable)
        .unwrap_or_else(|_| panic!("{variable} is not set: run scripts/test --test browser, which finds Chromium and axe"))
}

/// A page of the demo, as somebody sees it.
#[derive(Clone)]
pub struct Page {
    browser: Client,
    base: String,
}

/// How the browser is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scripts {
    On,
    Off,
}

/// Lives through a journey in a browser of its own.
pub async fn journey<F: Future<Output = ()> + 'static>(scripts: Scripts, story: impl FnOnce(Page) -> F) {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    let mut demo = Command::new(env!("CARGO_BIN_EXE_resolution-tracker"));
    let (_service, line) = start(demo.args(["demo", "--listen", "127.0.0.1:0", "--data-dir"]).arg(&data), "listening on http://");
    let base = format!("http://{}", line.rsplit_once("http://").unwrap().1);
    let (_driver, line) = start(Command::new(found("CHROMEDRIVER")).arg("--port=0"), "started successfully on port");
    let port: String = line.rsplit_once("port ").unwrap().1.chars().filter(char::is_ascii_digit).collect();
    let mut builder = ClientBuilder::new(HttpConnector::new());
    let browser = builder.capabilities(capabilities(&folder, scripts)).connect(&format!("http://127.0.0.1:{port}")).await.unwrap();
    let page = Page { browser: browser.clone(), base };
    // In a task of its own, so that the browser is closed also when the story fails.
    let outcome = rt::spawn(story(page)).await;
    browser.close().await.unwrap();
    outcome.unwrap();
}

fn capabilities(folder: &TempDir, scripts: Scripts) -> Capabilities {
    let profile = format!("--user-data-dir={}", folder.path().join("profile").display());
    let mut options = json!({
        "binary": found("CHROMIUM"),
        "args": [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--window-size=1280,900", profile,
        ],
    });
    if scripts == Scripts::Off {
        options["prefs"] = json!({"profile.managed_default_content_settings.javascript": 2});
    }
    json!({"browserName": "chrome", "goog:chromeOptions": options}).as_object().unwrap().clone().into_iter().collect()
}

impl Page {
    /// Goes to an address.
    pub async fn go(&self, path: &str) {
        self.browser.goto(&format!("{}{path}", self.base)).await.unwrap();
    }

    /// The address shown, without its beginning.
    pub async fn path(&self) -> String {
        self.browser.current_url().await.unwrap().as_str().replacen(&self.base, "", 1)
    }

    /// What stands in the first element.
    pub async fn text(&self, css: &str) -> String {
        self.browser.wait().for_element(Locator::Css(css)).await.unwrap_or_else(|e| panic!("{css}: {e}")).text().await.unwrap()
    }

    /// How many there are.
    pub async fn count(&self, css: &str) -> usize {
        self.browser.find_all(Locator::Css(css)).await.unwrap().len()
    }

    /// Clicks the first element, and waits until the page it stood on has gone: what is read next
    /// is the new page.
    pub async fn click(&self, css: &str) {
        let element = self.browser.wait().for_element(Locator::Css(css)).await.unwrap_or_else(|e| panic!("{css}: {e}"));
        let before = self.browser.find(Locator::Css("html")).await.unwrap();
        element.click().await.unwrap_or_else(|e| panic!("{css}: {e}"));
        for _ in 0..500 {
            if before.tag_name().await.is_err() {
                return;
            }
            rt::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("{css}: clicked, and no other page came");
    }

    /// Chooses something that leads nowhere: a button of a choice, an option.
    pub async fn pick(&self, css: &str) {
        let element = self.browser.wait().for_element(Locator::Css(css)).await.unwrap_or_else(|e| panic!("{css}: {e}"));
        element.click().await.unwrap_or_else(|e| panic!("{css}: {e}"));
    }

    /// Types into a field.
    pub async fn enter(&self, css: &str, text: &str) {
        let element = self.browser.wait().for_element(Locator::Css(css)).await.unwrap_or_else(|e| panic!("{css}: {e}"));
        element.send_keys(text).await.unwrap();
    }

    /// What is typed in a field.
    pub async fn value(&self, css: &str) -> String {
        let element = self.browser.wait().for_element(Locator::Css(css)).await.unwrap_or_else(|e| panic!("{css}: {e}"));
        element.prop("value").await.unwrap().unwrap_or_default()
    }

    /// Signs in on the page that asks for it.
    pub async fn sign_in(&self, username: &str) {
        self.enter("#username", username).await;
        self.enter("#password", PASSWORD).await;
        self.click("main button.primary").await;
    }

    /// The session ends, as it does after a day.
    pub async fn session_ends(&self) {
        self.browser.delete_cookie("session").await.unwrap();
    }

    /// Makes the window as wide as a phone, or as a desk's screen.
    pub async fn widen(&self, width: u32) {
        self.browser.set_window_size(width, 900).await.unwrap();
    }

    /// Runs a script of the test's.
    pub async fn run(&self, script: &str) -> Value {
        self.browser.execute(script, Vec::new()).await.unwrap()
    }

    /// Asserts that nothing reaches beyond the window.
    pub async fn fits(&self) {
        let sizes = self.run("return [document.documentElement.scrollWidth, window.innerWidth]").await;
        assert!(sizes[0].as_i64() <= sizes[1].as_i64(), "{} is wider than its window: {sizes}", self.path().await);
    }

    /// Asserts that the page has no barriers, at a desk and on a phone, and fits there, with all that can
    /// be opened open.
    pub async fn looked_at(&self) {
        self.run("document.querySelectorAll('details').forEach(part => { part.open = true })").await;
        self.widen(1280).await;
        self.has_no_barriers().await;
        self.widen(360).await;
        self.fits().await;
        self.has_no_barriers().await;
    }

    /// Asserts that axe finds no serious or critical barrier.
    pub async fn has_no_barriers(&self) {
        let axe = std::fs::read_to_string(found("AXE")).unwrap();
        self.run(&axe).await;
        let look = "const done = arguments[arguments.length - 1];
                    axe.run(document).then(found => done(found.violations.map(v =>
                        [v.impact, v.id, v.nodes.length, v.nodes[0].html, v.nodes[0].failureSummary])), error => done([[String(error)]]));";
        let found = self.browser.execute_async(look, Vec::new()).await.unwrap();
        let grave = |finding: &&Value| !matches!(finding[0].as_str(), Some("minor" | "moderate"));
        let grave: Vec<String> = found.as_array().unwrap().iter().filter(grave).map(ToString::to_string).collect();
        assert!(grave.is_empty(), "{}:\n{}", self.path().await, grave.join("\n"));
    }
}
