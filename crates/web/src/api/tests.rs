//! The API's document says what the API does.

use utoipa::openapi::{path::Operation, security::SecurityRequirement};

fn operations() -> Vec<(String, &'static str, Operation)> {
    let mut all = Vec::new();
    for (path, item) in super::document().paths.paths {
        for (method, operation) in [
            ("GET", item.get),
            ("POST", item.post),
            ("PUT", item.put),
            ("PATCH", item.patch),
            ("DELETE", item.delete),
        ] {
            all.extend(operation.map(|operation| (path.clone(), method, operation)));
        }
    }
    all
}

#[test]
fn the_document_names_every_route() {
    let mut routes: Vec<String> =
        operations().iter().map(|(path, method, _)| format!("{method} {path}")).collect();
    routes.sort();
    insta::assert_snapshot!(routes.join("\n"));
}

#[test]
fn every_operation_says_what_it_does_and_only_signing_in_needs_no_token() {
    for (path, method, operation) in operations() {
        assert!(operation.summary.is_some_and(|text| !text.is_empty()), "{method} {path}");
        let open = operation
            .security
            .is_some_and(|wanted| wanted.iter().all(|one| *one == SecurityRequirement::default()));
        assert_eq!(open, path == "/api/v1/sign-in", "{method} {path}");
    }
}
