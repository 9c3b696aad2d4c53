package io.alertstream.loadtest.baseline;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A bucket in which the baseline creates objects, each only if the name is free. */
public sealed interface Bucket {

    String FORMS = "http://HOST:PORT/BUCKET of an emulator of Google Cloud Storage, or s3:http://HOST:PORT/BUCKET";

    Pattern URL = Pattern.compile("(s3:)?(https?://[^/?#]+)/([-._a-z0-9]{3,222})");

    /** A request that creates an object. */
    HttpRequest.Builder creating(String object, byte[] content);

    HttpRequest.Builder deleting(String object);

    /**
     * Reads {@link #FORMS}. Requests to S3 are signed if the environment has AWS's keys; emulators need none.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    static Bucket of(String url, Map<String, String> environment) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches() || URI.create(parts.group(2)).getHost() == null) {
            throw new IllegalArgumentException("expected " + FORMS + ", got " + url);
        }
        URI address = URI.create(parts.group(2));
        if (parts.group(1) != null) {
            return new S3(address, parts.group(3), S3Signature.of(environment));
        }
        if (!"http".equals(address.getScheme())) {
            throw new IllegalArgumentException("expected " + FORMS + ", got " + url);
        }
        return new Gcs(address, parts.group(3));
    }

    /** By the JSON interface of Google Cloud Storage, without credentials. */
    record Gcs(URI emulator, String name) implements Bucket {

        @Override
        public HttpRequest.Builder creating(String object, byte[] content) {
            return HttpRequest.newBuilder(emulator.resolve(
                            "/upload/storage/v1/b/" + name + "/o?uploadType=media&ifGenerationMatch=0&name=" + object))
                    .header("content-type", "application/octet-stream")
                    .POST(BodyPublishers.ofByteArray(content));
        }

        @Override
        public HttpRequest.Builder deleting(String object) {
            return HttpRequest.newBuilder(emulator.resolve("/storage/v1/b/" + name + "/o/" + object))
                    .DELETE();
        }

        @Override
        public String toString() {
            return emulator + "/" + name;
        }
    }

    /** By S3's interface, addressed by path. */
    record S3(URI endpoint, String name, S3Signature signature) implements Bucket {

        @Override
        public HttpRequest.Builder creating(String object, byte[] content) {
            return signature
                    .signed("PUT", address(object), content)
                    .header("if-none-match", "*")
                    .PUT(BodyPublishers.ofByteArray(content));
        }

        @Override
        public HttpRequest.Builder deleting(String object) {
            return signature.signed("DELETE", address(object), new byte[0]).DELETE();
        }

        private URI address(String object) {
            return endpoint.resolve("/" + name + "/" + object);
        }

        @Override
        public String toString() {
            return "s3:" + endpoint + "/" + name;
        }
    }
}
