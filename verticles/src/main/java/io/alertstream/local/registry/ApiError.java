package io.alertstream.local.registry;

import io.alertstream.http.SyntaxGate.Refusal;
import io.vertx.core.json.JsonObject;

/** An error response: an HTTP status, a code and a message, as in Confluent's registry. */
final class ApiError extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** For requests that aren't proper HTTP. */
    static final Refusal REFUSAL = new Refusal() {
        @Override
        public String mediaType() {
            return Exchange.JSON_V1;
        }

        @Override
        public String body(int status, String detail) {
            return http(status, "HTTP " + status + ": " + detail).toJson().encode();
        }
    };

    private final int status;
    private final int code;

    private ApiError(int status, int code, String message, Throwable cause) {
        // A response and not a bug, so a stack trace is of no use.
        super(message, cause, false, false);
        this.status = status;
        this.code = code;
    }

    private static ApiError of(int code, String message) {
        return new ApiError(code >= 1000 ? code / 100 : code, code, message, null);
    }

    static ApiError http(int status, String message) {
        return of(status, message);
    }

    static ApiError subjectNotFound(String subject) {
        return of(40401, "Subject '" + subject + "' not found.");
    }

    static ApiError versionNotFound(int version) {
        return of(40402, "Version " + version + " not found.");
    }

    static ApiError schemaNotFound() {
        return of(40403, "Schema not found");
    }

    static ApiError schemaNotFound(int id) {
        return of(40403, "Schema " + id + " not found");
    }

    static ApiError subjectSoftDeleted(String subject) {
        return of(40404, "Subject '" + subject + "' was soft deleted. Set permanent=true to delete permanently");
    }

    static ApiError subjectNotSoftDeleted(String subject) {
        return of(40405, "Subject '" + subject + "' was not deleted first before being permanently deleted");
    }

    static ApiError versionSoftDeleted(String subject, int version) {
        return of(
                40406,
                "Subject '" + subject + "' Version " + version
                        + " was soft deleted. Set permanent=true to delete permanently");
    }

    static ApiError versionNotSoftDeleted(String subject, int version) {
        return of(
                40407,
                "Subject '" + subject + "' Version " + version
                        + " was not deleted first before being permanently deleted");
    }

    static ApiError compatibilityNotConfigured(String subject) {
        return of(40408, "Subject '" + subject + "' does not have subject-level compatibility configured");
    }

    static ApiError modeNotConfigured(String subject) {
        return of(40409, "Subject '" + subject + "' does not have subject-level mode configured");
    }

    static ApiError incompatible(String subject, String details) {
        return of(
                409,
                "Schema being registered is incompatible with an earlier schema for subject \"" + subject
                        + "\", details: " + details);
    }

    static ApiError invalidSchema(String message) {
        return of(42201, message);
    }

    static ApiError invalidVersion(String version) {
        return of(
                42202,
                "The specified version '" + version
                        + "' is not a valid version id. Allowed values are between [1, 2^31-1] and the string \"latest\"");
    }

    static ApiError invalidCompatibility() {
        return of(
                42203,
                "Invalid compatibility level. Valid values are none, backward, forward, full, backward_transitive,"
                        + " forward_transitive, and full_transitive");
    }

    static ApiError invalidMode() {
        return of(42204, "Invalid mode. Valid values are READWRITE, READONLY, READONLY_OVERRIDE and IMPORT.");
    }

    static ApiError notPermitted(String message) {
        return of(42205, message);
    }

    static ApiError invalidSubject(String subject) {
        return of(42208, "The specified subject '" + subject + "' is not valid: contexts are not supported here.");
    }

    static ApiError schemaTooLarge(int bytes, int maxBytes) {
        return of(42209, "The schema takes " + bytes + " bytes as a record, at most " + maxBytes + " are possible");
    }

    static ApiError storeFailed(Throwable cause) {
        return new ApiError(
                500, 50001, "The topic that holds the schemas is unavailable; see the registry's log", cause);
    }

    static ApiError busy() {
        return of(503, "Too many writes are waiting; try again");
    }

    int status() {
        return status;
    }

    JsonObject toJson() {
        return new JsonObject().put("error_code", code).put("message", getMessage());
    }
}
