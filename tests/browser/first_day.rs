//! The first day: from an empty database to a confirmed report on the overview, in the browser,
//! without scripts. The annex is that of Lào Cai, as far as its facts are known; its source stands
//! in the file.

use super::house::{Page, Place, first_day};

const ANNEX: &str = include_str!("../fixtures/lao-cai-2026-task-annex.csv");

const AREAS: &str = "Mã,Tên,Cấp,Thuộc,Từ ngày\nlc-xa-tang-loong,Xã Tằng Loỏng,Xã,lc,01/7/2025\n";

const UNITS: &str = "Mã,Tên,Loại,Cấp trên,Địa bàn,Từ ngày
lc-ubnd,UBND tỉnh Lào Cai,UBND,,lc,01/7/2025
lc-sct,Sở Công Thương,Sở,lc-ubnd,lc,01/7/2025
lc-stc,Sở Tài chính,Sở,lc-ubnd,lc,01/7/2025
lc-nnmt,Sở Nông nghiệp và Môi trường,Sở,lc-ubnd,lc,01/7/2025
lc-khcn,Sở Khoa học và Công nghệ,Sở,lc-ubnd,lc,01/7/2025
lc-sxd,Sở Xây dựng,Sở,lc-ubnd,lc,01/7/2025
lc-snv,Sở Nội vụ,Sở,lc-ubnd,lc,01/7/2025
lc-gddt,Sở Giáo dục và Đào tạo,Sở,lc-ubnd,lc,01/7/2025
lc-vhttdl,\"Sở Văn hóa, Thể thao và Du lịch\",Sở,lc-ubnd,lc,01/7/2025
lc-kkt,Ban Quản lý Khu kinh tế,Sở,lc-ubnd,lc,01/7/2025
";

/// Sends a file and takes it in once the check finds nothing wrong.
async fn import(page: &Page, file: &str) {
    page.enter("#file", file).await;
    page.click("button[value=check]").await;
    assert!(page.text("main .notice").await.contains("Không có lỗi"), "{}", page.text("main").await);
    page.click("button[value=import]").await;
    assert!(page.text("main .notice").await.contains("tạo mới"), "{}", page.text("main").await);
}

async fn sign_out(page: &Page) {
    page.click(".account button").await;
}

#[actix_web::test]
async fn from_an_empty_database_to_a_confirmed_report() {
    let administrator = [
        "admin",
        "--display",
        "Quản trị",
        "--role",
        "admin",
        "--area",
        "lc",
        "--new-area",
        "Tỉnh Lào Cai",
        "--new-area-from",
        "2025-07-01",
    ];
    first_day(&administrator, async |page: Page, place: Place| {
        page.go("/").await;
        page.sign_in("admin").await;
        // The overview leads from step to step.
        page.click(".steps .next a").await;
        assert_eq!(page.path().await, "/import?kind=areas");
        import(&page, &place.file("areas.csv", AREAS)).await;
        page.click("main .notice a").await;
        import(&page, &place.file("units.csv", UNITS)).await;
        page.click("main .notice a").await;

        // One row is led by "the communes", who are many: that is told, and corrected in the file.
        page.enter("#file", &place.file("phu-luc.csv", ANNEX)).await;
        page.choose("#monitoring_unit", "lc-ubnd").await;
        page.click("button[value=check]").await;
        assert!(page.text("#errors").await.ends_with(": 1") && page.count("button[value=import]").await == 0);
        assert!(page.text(".problems").await.contains("UBND các xã, phường"), "{}", page.text(".problems").await);
        let corrected = ANNEX.replace("Sở NN&MT và UBND các xã, phường (GPMB)", "Sở NN&MT (GPMB)");
        import(&page, &place.file("phu-luc.csv", &corrected)).await;
        page.click("main .notice a").await;
        let drafts = page.count(".tasks tbody tr").await;
        assert!(drafts >= 8, "{drafts} drafts");
        page.click("button[name=all]").await;
        assert!(page.text("main").await.contains("Không có dự thảo nào"), "{}", page.text("main").await);
        sign_out(&page).await;

        place.add_account(&["sct", "--display", "Sở Công Thương", "--role", "reporter", "--unit", "lc-sct"]);
        place.add_account(&["van-phong", "--display", "Văn phòng", "--role", "office", "--area", "lc"]);
        page.go("/tasks?q=apatit").await;
        page.sign_in("sct").await;
        page.click(".tasks tbody a[href^='/tasks/']").await;
        page.enter("textarea[name=result]", "Đã trình chủ trương đầu tư").await;
        page.enter("input[name=percent]", "12,5").await;
        page.click("form[action^='/tasks/'] button.primary").await;
        sign_out(&page).await;

        page.go("/queue").await;
        page.sign_in("van-phong").await;
        assert!(page.text(".waiting").await.contains("nay báo cáo 12,5%"));
        page.pick(".waiting input[type=checkbox]").await;
        page.click(".bulk button.primary").await;
        assert!(page.text("main .notice").await.contains("Đã xác nhận: 1"));
        sign_out(&page).await;

        page.go("/").await;
        page.sign_in("admin").await;
        assert!(page.text(".summary").await.contains("12,5%"), "{}", page.text(".summary").await);
        let counted = page.text(".tile.all a").await;
        page.click(".tile.all a").await;
        assert_eq!(page.count(".tasks tbody tr").await.to_string(), counted);
    })
    .await;
}
