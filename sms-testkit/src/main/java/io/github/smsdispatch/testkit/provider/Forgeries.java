package io.github.smsdispatch.testkit.provider;

import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.testkit.provider.Forgery.Expected;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a forger makes of one genuine request. */
final class Forgeries {
    private static final int MANY_MEGABYTES = 8 * 1024 * 1024;

    /** Flips are spread over a longer body, so that no test takes long. */
    private static final int MOST_FLIPS = 2_000;

    /** Up to the value, the name in that, the value, and what closes it. */
    private static final Pattern FORM_FIELD = Pattern.compile("(([^&=]+)=)([^&]*)()");

    /** Likewise; members whose value is a text. */
    private static final Pattern JSON_MEMBER = Pattern.compile("(\"([^\"]+)\"\\s*:\\s*\")([^\"]*)(\")");

    private final GenuineWebhook genuine;
    private final WebhookRequest request;
    private final List<Forgery> forgeries = new ArrayList<>();

    private Forgeries(GenuineWebhook genuine) {
        this.genuine = genuine;
        this.request = genuine.request();
    }

    static List<Forgery> of(GenuineWebhook genuine) {
        var all = new Forgeries(genuine);
        all.protection();
        all.url();
        all.age();
        all.flips();
        all.truncations();
        all.otherBodies();
        all.signedNonsense();
        return all.forgeries;
    }

    private void protection() {
        String name = genuine.protector();
        switch (genuine.protection()) {
            case HEADER -> {
                String signature = request.header(name).orElseThrow();
                add("without its signature", withHeader(name, List.of()), Expected.REFUSED);
                for (String wrong : wrong(signature)) {
                    add("with signature " + wrong, withHeader(name, List.of(wrong)), Expected.REFUSED);
                }
            }
            case PARAMETER -> {
                add("without its signature", withoutParameter(name), Expected.REFUSED);
                doubled(name);
                for (String wrong : wrong("0123456789abcdef0123456789abcdef")) {
                    add("with signature " + wrong, withParameter(name, wrong), Expected.REFUSED);
                }
            }
            case URL -> {
                add("with another secret", withUrl(request.url().replace(name, "guessed")), Expected.REFUSED);
                add("without its secret", withUrl(request.url().replace(name, "")), Expected.REFUSED);
                add("with half a secret", withUrl(request.url().replace(name, half(name))), Expected.REFUSED);
            }
            case NONE -> {}
        }
    }

    private static List<String> wrong(String signature) {
        char first = signature.charAt(0) == 'a' ? 'b' : 'a';
        return List.of(
                "",
                " ",
                first + signature.substring(1),
                half(signature),
                signature + signature,
                "0".repeat(signature.length()),
                "=\u0000\u00fc",
                "x".repeat(100_000));
    }

    /** A parser may check one of two parameters of the same name and read the other. */
    private void doubled(String signature) {
        String content = new String(content(), StandardCharsets.UTF_8);
        Matcher matcher = (isJson() ? JSON_MEMBER : FORM_FIELD).matcher(content);
        while (matcher.find()) {
            String name = matcher.group(2);
            if (!name.equals(signature)) {
                String original = matcher.group(1) + matcher.group(3) + matcher.group(4);
                String another = matcher.group(1) + matcher.group(3) + "1" + matcher.group(4);
                for (String both : List.of(original + separator() + another, another + separator() + original)) {
                    String forged = content.substring(0, matcher.start()) + both + content.substring(matcher.end());
                    add("with two of " + name, withContent(bytes(forged)), Expected.REFUSED_OR_THE_SAME);
                }
            }
        }
    }

    private boolean isJson() {
        return content()[0] == '{';
    }

    private String separator() {
        return isJson() ? "," : "&";
    }

    private static String half(String text) {
        return text.substring(0, text.length() / 2);
    }

    private void url() {
        if (genuine.isUrlSigned()) {
            String url = request.url();
            int host = url.indexOf("//") + 2;
            add("to another host", withUrl(url.substring(0, host) + "evil." + url.substring(host)), Expected.REFUSED);
            String more = url + (url.indexOf('?') < 0 ? "?" : "&") + "more=1";
            add("with another query", withUrl(more), Expected.REFUSED);
        }
        boolean isSecret = genuine.protection() == GenuineWebhook.Protection.URL;
        add("to an address that is none", withUrl("::no address%zz?%"), isSecret ? Expected.REFUSED : tampered());
    }

    private void age() {
        WebhookRequest old = genuine.old();
        if (old != null) {
            add("signed long ago", old, Expected.REFUSED);
        }
    }

    /** Of the body, or of the query where there is no body. */
    private void flips() {
        byte[] content = content();
        int step = Math.max(1, content.length * 8 / MOST_FLIPS);
        for (int bit = 0; bit < content.length * 8; bit += step) {
            byte[] flipped = content.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            add("with bit " + bit + " flipped", withContent(flipped), tampered());
        }
    }

    private void truncations() {
        byte[] content = content();
        for (int length = 0; length < content.length; length += Math.max(1, content.length / 64)) {
            add("cut after " + length + " bytes", withContent(Arrays.copyOf(content, length)), tampered());
        }
    }

    private void otherBodies() {
        if (isWithoutBody()) {
            return;
        }
        byte[] huge = Arrays.copyOf(request.body(), MANY_MEGABYTES);
        Arrays.fill(huge, request.body().length, huge.length, (byte) ' ');
        add("of many megabytes", withBody(huge), Expected.REFUSED);
        Expected expected = genuine.isBodySigned() ? Expected.REFUSED : Expected.NOTHING_TOLD;
        nonsense().forEach((name, body) -> add(name, withBody(body), expected));
    }

    private void signedNonsense() {
        var signer = genuine.signer();
        if (signer != null) {
            nonsense()
                    .forEach((name, body) -> add("rightly signed, " + name, signer.apply(body), Expected.NOTHING_TOLD));
        }
    }

    private Map<String, byte[]> nonsense() {
        var bodies = new HashMap<String, byte[]>();
        bodies.put("an empty body", new byte[0]);
        bodies.put("blanks", bytes("   "));
        bodies.put(
                "the genuine body in UTF-16",
                new String(request.body(), StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16));
        bodies.put("bytes that are no UTF-8", new byte[] {'{', '"', (byte) 0xc3, (byte) 0x28, (byte) 0xff, '"'});
        bodies.put("zeros", new byte[1000]);
        bodies.put("an image", new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13});
        bodies.put("deep JSON", bytes("[".repeat(20_000)));
        bodies.put("deep JSON that ends", bytes("{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000)));
        bodies.put("null", bytes("null"));
        bodies.put("a number", bytes("1e999999999"));
        bodies.put("an array", bytes("[1,2,3]"));
        bodies.put("percent signs", bytes("%&=%zz&%%%=%u0041"));
        bodies.put("XML", bytes("<?xml version=\"1.0\"?><a>&b;</a>"));
        return bodies;
    }

    private Expected tampered() {
        return genuine.isBodySigned() ? Expected.REFUSED_OR_THE_SAME : Expected.NO_EXCEPTION;
    }

    private void add(String name, WebhookRequest forged, Expected expected) {
        forgeries.add(new Forgery(name, forged, expected));
    }

    private boolean isWithoutBody() {
        return request.body().length == 0;
    }

    private byte[] content() {
        return isWithoutBody() ? bytes(query()) : request.body();
    }

    private WebhookRequest withContent(byte[] content) {
        return isWithoutBody()
                ? withUrl(request.url().substring(0, request.url().length() - query().length())
                        + new String(content, StandardCharsets.UTF_8))
                : withBody(content);
    }

    private String query() {
        return request.url().substring(request.url().indexOf('?') + 1);
    }

    private WebhookRequest withUrl(String url) {
        return new WebhookRequest(request.method(), url, request.headers(), request.body());
    }

    private WebhookRequest withBody(byte[] body) {
        return new WebhookRequest(request.method(), request.url(), request.headers(), body);
    }

    private WebhookRequest withHeader(String name, List<String> values) {
        var headers = new HashMap<>(request.headers());
        headers.put(name.toLowerCase(Locale.ROOT), values);
        return new WebhookRequest(request.method(), request.url(), headers, request.body());
    }

    private WebhookRequest withParameter(String name, String value) {
        Pattern place = Pattern.compile("((?:^|[?&{,])\\s*\"?" + Pattern.quote(name) + "\"?\\s*[=:]\\s*\"?)[^&\",}#]*");
        String safe = value.replaceAll("[^A-Za-z0-9]", "-");
        Matcher matcher = place.matcher(new String(content(), StandardCharsets.UTF_8));
        if (!matcher.find()) {
            throw new AssertionError(genuine + " has no parameter " + name);
        }
        String forged = matcher.replaceFirst(match -> Matcher.quoteReplacement(match.group(1) + safe));
        return withContent(bytes(forged));
    }

    private WebhookRequest withoutParameter(String name) {
        String content = new String(content(), StandardCharsets.UTF_8);
        Matcher matcher = (isJson() ? JSON_MEMBER : FORM_FIELD).matcher(content);
        while (matcher.find()) {
            if (matcher.group(2).equals(name)) {
                String before = content.substring(0, matcher.start());
                String after = content.substring(matcher.end());
                // The separator goes with it, whichever side it is on.
                return withContent(bytes(
                        after.startsWith(separator())
                                ? before + after.substring(1)
                                : before.replaceFirst(separator() + "\\s*$", "") + after));
            }
        }
        throw new AssertionError(genuine + " has no parameter " + name);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
