//! Query parameters: unknown ones are refused, repeated ones are lists.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use utoipa::IntoParams;
use utoipa::openapi::RefOr;
use utoipa::openapi::path::{Parameter, ParameterIn};
use utoipa::openapi::schema::{Schema, SchemaType, Type};

use crate::error::{AppError, AppResult, FieldError, codes, rules};

/// The query parameters of a request, as a `T`.
#[derive(Debug, Clone)]
pub struct Params<T>(pub T);

/// One struct of parameters, or several that are read from the same query.
pub trait ParamSet: Sized {
    /// All parameters, as the contract has them.
    fn all() -> Vec<Parameter>;
    /// The parameters, from a query that is known to hold no others.
    ///
    /// # Errors
    /// 400 naming the parameter whose value cannot be read.
    fn read(query: &str) -> AppResult<Self>;
}

impl<T: IntoParams + DeserializeOwned> ParamSet for T {
    fn all() -> Vec<Parameter> {
        T::into_params(|| None)
    }

    fn read(query: &str) -> AppResult<Self> {
        let deserializer = serde_html_form::Deserializer::from_bytes(query.as_bytes());
        serde_path_to_error::deserialize(deserializer).map_err(|e| unreadable(&e.path().to_string(), &e.inner().to_string()))
    }
}

/// Two structs of parameters read from one query: what all dashboards take, and what this one does.
/// A name that both have is given to both.
#[derive(Debug, Clone)]
pub struct Both<A, B>(pub A, pub B);

impl<A: ParamSet, B: ParamSet> ParamSet for Both<A, B> {
    fn all() -> Vec<Parameter> {
        A::all().into_iter().chain(B::all()).collect()
    }

    fn read(query: &str) -> AppResult<Self> {
        Ok(Self(A::read(query)?, B::read(query)?))
    }
}

/// The parameters of a list but for its pages: for whoever wants all of it.
#[derive(Debug, Clone, Deserialize)]
#[serde(transparent)]
pub struct Unpaged<T>(pub T);

impl<T: IntoParams> IntoParams for Unpaged<T> {
    fn into_params(place: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        T::into_params(place).into_iter().filter(|parameter| !["limit", "cursor"].contains(&parameter.name.as_str())).collect()
    }
}

impl<T: ParamSet> FromRequest for Params<T> {
    type Error = AppError;
    type Future = Ready<AppResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let query = request.query_string();
        ready(check(query, &T::all()).and_then(|()| T::read(query)).map(Self))
    }
}

/// Refuses unknown parameters, U+0000 in any value, which PostgreSQL cannot take, and an empty value where
/// the contract wants more than any words: `as_of=` from a variable that was not set is not today.
fn check(query: &str, all: &[Parameter]) -> AppResult<()> {
    let sent: Vec<(String, String)> = serde_html_form::from_str(query).map_err(|_| AppError::new(codes::INVALID_PARAMETER))?;
    for (name, value) in sent {
        let Some(parameter) = all.iter().find(|parameter| parameter.name == name) else {
            let known: Vec<&str> = all.iter().map(|parameter| parameter.name.as_str()).collect();
            let field = FieldError::new(name, rules::UNKNOWN_PARAMETER).with("known", known.join(", "));
            return Err(AppError::new(codes::UNKNOWN_PARAMETER).with_field(field));
        };
        if value.contains('\0') || (value.is_empty() && !takes_any_words(parameter)) {
            return Err(AppError::new(codes::INVALID_PARAMETER).with_field(FieldError::new(name, rules::FORMAT)));
        }
    }
    Ok(())
}

/// Whether a parameter is a text without a form of its own, which may be empty.
fn takes_any_words(parameter: &Parameter) -> bool {
    let Some(RefOr::T(Schema::Object(object))) = &parameter.schema else { return false };
    let is_text = match &object.schema_type {
        SchemaType::Type(only) => *only == Type::String,
        SchemaType::Array(several) => several.contains(&Type::String),
        SchemaType::AnyValue => true,
    };
    is_text && object.format.is_none() && object.enum_values.is_none()
}

fn unreadable(name: &str, text: &str) -> AppError {
    let name = name.split(['[', '.']).next().unwrap_or_default();
    let known: Vec<&str> = text.split('`').skip(3).step_by(2).collect();
    let field = if text.starts_with("unknown variant") {
        FieldError::new(name, rules::UNKNOWN_VALUE).with("known", known.join(", "))
    } else {
        FieldError::new(name, rules::FORMAT)
    };
    AppError::new(codes::INVALID_PARAMETER).with_field(field)
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    #[derive(Debug, Deserialize, IntoParams)]
    #[into_params(parameter_in = Query)]
    struct Shared {
        as_of: Option<chrono::NaiveDate>,
    }

    #[derive(Debug, Deserialize, IntoParams)]
    #[into_params(parameter_in = Query)]
    struct Own {
        #[serde(default)]
        kind: Vec<String>,
    }

    fn read(query: &str) -> AppResult<Both<Shared, Own>> {
        let request = TestRequest::with_uri(&format!("/x?{query}")).to_http_request();
        Params::from_request(&request, &mut Payload::None).into_inner().map(|Params(both)| both)
    }

    #[test]
    fn two_structs_share_one_query() {
        let Both(shared, own) = read("kind=a&as_of=2021-12-31&kind=b").unwrap();
        assert_eq!(shared.as_of.map(|day| day.to_string()).as_deref(), Some("2021-12-31"));
        assert_eq!(own.kind, ["a", "b"]);
        assert!(read("").unwrap().1.kind.is_empty());
    }

    #[test]
    fn what_neither_knows_is_refused_with_the_names_of_both() {
        let error = read("knd=a").unwrap_err();
        assert_eq!((error.code, error.fields[0].pointer.as_str()), (codes::UNKNOWN_PARAMETER, "knd"));
        assert!(error.fields[0].params.contains(&("known", "as_of, kind".to_owned())));
    }

    #[test]
    fn an_empty_value_is_none_of_a_day_and_none_of_a_choice() {
        for query in ["as_of=", "kind=a&as_of="] {
            let error = read(query).unwrap_err();
            assert_eq!((error.code, error.fields[0].pointer.as_str()), (codes::INVALID_PARAMETER, "as_of"), "{query}");
        }
        let request = TestRequest::with_uri("/x?q=").to_http_request();
        let words = Params::<crate::domain::areas::AreaQuery>::from_request(&request, &mut Payload::None).into_inner();
        assert!(words.is_ok(), "words to search for may be none");
    }

    #[test]
    fn a_whole_list_has_no_pages() {
        let read = |query: &str| {
            let request = TestRequest::with_uri(&format!("/x?{query}")).to_http_request();
            Params::<Unpaged<crate::domain::areas::AreaQuery>>::from_request(&request, &mut Payload::None).into_inner()
        };
        assert_eq!(read("q=x").unwrap().0.0.q.as_deref(), Some("x"));
        for paged in ["limit=1", "cursor=x"] {
            assert_eq!(read(paged).unwrap_err().code, codes::UNKNOWN_PARAMETER, "{paged}");
        }
    }

    #[test]
    fn a_wrong_value_names_its_parameter() {
        for query in ["as_of=31-12-2021", "as_of=2021-12-31&as_of=2022-12-31"] {
            let error = read(query).unwrap_err();
            assert_eq!((error.code, error.fields[0].pointer.as_str()), (codes::INVALID_PARAMETER, "as_of"), "{query}");
        }
    }
}
