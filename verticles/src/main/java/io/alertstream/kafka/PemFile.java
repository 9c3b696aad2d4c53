package io.alertstream.kafka;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A PEM file, as in Strimzi's Secrets. Finds problems that Kafka would report only while it connects. */
record PemFile(String text, List<Block> blocks) {

    /** The content between BEGIN and END. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Block(String label, byte[] content) {}

    private static final int MAX_BYTES = 1 << 20;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String KEY = "PRIVATE KEY";
    private static final String CONVERT = "openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW";

    /** Signature algorithms by key algorithm. */
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException with what would be right
     */
    static PemFile read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IllegalArgumentException("a PEM file, 1 MiB at most");
            }
            return of(new String(bytes, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new IllegalArgumentException("a readable file (" + e + ")", e);
        }
    }

    private static PemFile of(String text) {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            String content = matcher.group(2);
            // Keys in older formats have headers, which aren't Base64; their label is enough to reject them.
            boolean plain = content.indexOf(':') < 0;
            blocks.add(new Block(matcher.group(1), plain ? decode(content) : new byte[0]));
        }
        return new PemFile(text, List.copyOf(blocks));
    }

    private static byte[] decode(String content) {
        try {
            return Base64.getMimeDecoder().decode(content);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a PEM file that isn't damaged (" + e.getMessage() + ")", e);
        }
    }

    /** Without the content, which may be a key. */
    @Override
    public String toString() {
        return "PEM file of " + blocks.size() + " blocks";
    }

    /**
     * The certificates, in the order of the file.
     *
     * @throws IllegalArgumentException with what is expected, if there is none or one is damaged
     */
    List<X509Certificate> certificates() {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            List<X509Certificate> certificates = new ArrayList<>();
            for (Block block : blocks) {
                if (block.label().equals(CERTIFICATE)) {
                    certificates.add(
                            (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.content())));
                }
            }
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException("a PEM file with a certificate (-----BEGIN CERTIFICATE-----)");
            }
            return certificates;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("a PEM file with readable certificates (" + e.getMessage() + ")", e);
        }
    }

    /**
     * The private key that matches a certificate.
     *
     * @throws IllegalArgumentException with what would be right
     */
    PrivateKey keyOf(X509Certificate certificate) {
        PublicKey publicKey = certificate.getPublicKey();
        PrivateKey key = key(publicKey.getAlgorithm());
        try {
            Signature signature = Signature.getInstance(SIGNATURES.getOrDefault(key.getAlgorithm(), "SHA256withRSA"));
            signature.initSign(key);
            signature.update((byte) 1);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update((byte) 1);
            if (signature.verify(signed)) {
                return key;
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the key of KAFKA_CERT_FILE's certificate (" + e.getMessage() + ")", e);
        }
        throw new IllegalArgumentException(
                "the key of KAFKA_CERT_FILE's certificate: this key belongs to another certificate");
    }

    private PrivateKey key(String algorithm) {
        for (Block block : blocks) {
            switch (block.label()) {
                case KEY -> {
                    return pkcs8(block, algorithm);
                }
                case "ENCRYPTED PRIVATE KEY" ->
                    throw new IllegalArgumentException("a key without a passphrase: " + CONVERT);
                case "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY" ->
                    throw new IllegalArgumentException(
                            "a PKCS#8 key (-----BEGIN PRIVATE KEY-----), not one of the form \"" + block.label()
                                    + "\": " + CONVERT);
                default -> {
                    // The file may also contain certificates and parameters.
                }
            }
        }
        throw new IllegalArgumentException("a PEM file with a PKCS#8 key (-----BEGIN PRIVATE KEY-----)");
    }

    private static PrivateKey pkcs8(Block block, String algorithm) {
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(block.content()));
        } catch (InvalidKeySpecException e) {
            throw new IllegalArgumentException(
                    "the " + algorithm + " key of KAFKA_CERT_FILE's certificate: this one can't be read as such", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("a key of a kind that Java supports (" + e.getMessage() + ")", e);
        }
    }
}
