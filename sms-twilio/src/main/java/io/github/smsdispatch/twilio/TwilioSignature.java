package io.github.smsdispatch.twilio;

import io.github.smsdispatch.http.Form;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * {@code X-Twilio-Signature}: Base64 of HMAC-SHA1, by the auth token, over the full URL and the form's fields in order
 * of their names (https://www.twilio.com/docs/usage/webhooks/webhooks-security, read 2026-11). Of a repeated name the
 * distinct values count, sorted, as in Twilio's Node library; the Java SDK's validator cannot express repeats.
 */
final class TwilioSignature {
    private static final String HMAC_SHA1 = "HmacSHA1";
    private static final String BODY_HASH = "bodySHA256";

    private final SecretKeySpec key;

    TwilioSignature(String authToken) {
        this.key = new SecretKeySpec(authToken.getBytes(StandardCharsets.UTF_8), HMAC_SHA1);
    }

    /** Whether the signature is right for a form posted to a URL. Takes the same time however wrong it is. */
    boolean matches(String signature, String url, Form form) {
        String fields = concatenated(form);
        byte[] given = signature.getBytes(StandardCharsets.UTF_8);
        // The time tells which of them it was, but only to somebody whose signature is right.
        return isOf(given, url + fields) || isOf(given, withPortTurned(url) + fields);
    }

    /**
     * Whether the signature is right for a body that is no form: the signature covers the URL alone, whose query holds the
     * body's SHA-256 in lower-case hexadecimal digits.
     */
    boolean matches(String signature, String url, Form query, byte[] body) {
        byte[] given = query.first(BODY_HASH).orElse("").getBytes(StandardCharsets.UTF_8);
        byte[] expected = sha256(body).getBytes(StandardCharsets.UTF_8);
        boolean isSigned = matches(signature, url, Form.empty());
        return MessageDigest.isEqual(expected, given) && isSigned;
    }

    private static String concatenated(Form form) {
        Map<String, Set<String>> byName = new TreeMap<>();
        form.fields().forEach(field -> byName.computeIfAbsent(field.getKey(), name -> new TreeSet<>())
                .add(field.getValue()));
        var text = new StringBuilder();
        byName.forEach(
                (name, values) -> values.forEach(value -> text.append(name).append(value)));
        return text.toString();
    }

    private boolean isOf(byte[] signature, String text) {
        return MessageDigest.isEqual(sign(text).getBytes(StandardCharsets.UTF_8), signature);
    }

    /**
     * The URL with its port left out, or with the default one put in: Twilio is not consistent about whether the signed
     * URL names its port, and its libraries accept both.
     */
    private static String withPortTurned(String url) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            return url;
        }
        String authority = uri.getRawAuthority();
        if (uri.getScheme() == null || authority == null || uri.getHost() == null) {
            return url;
        }
        // Cut and pasted as text: rebuilding the URL from its parts would encode its query anew.
        int start = url.indexOf("//") + 2;
        String before = url.substring(0, start);
        String after = url.substring(start + authority.length());
        if (uri.getPort() < 0) {
            int port = uri.getScheme().toLowerCase(Locale.ROOT).equals("https") ? 443 : 80;
            return before + authority + ":" + port + after;
        }
        return before + authority.substring(0, authority.lastIndexOf(':')) + after;
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks SHA-256, which every one must have", e);
        }
    }

    private String sign(String text) {
        try {
            Mac mac = Mac.getInstance(HMAC_SHA1);
            mac.init(key);
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks HMAC-SHA1, which every one must have", e);
        }
    }
}
