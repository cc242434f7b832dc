package io.github.smsdispatch.testkit.provider;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request as the provider's API gets it in a contract test: raw, and with the recipients that are named in it. These
 * are the numbers +44 7700 900000 to 900999, which Ofcom keeps for fiction; the last three digits tell them apart.
 */
public final class ApiCall {
    private static final Pattern NUMBER = Pattern.compile("447700900([0-9]{3})");

    private final String method;
    private final String target;
    private final Map<String, List<String>> headers;
    private final String body;
    private final List<Integer> numbers;

    /** @param headers the values by name, names in lower case */
    ApiCall(String method, String target, Map<String, List<String>> headers, String body) {
        this(method, target, headers, body, numbersIn(target + "\n" + body));
    }

    private ApiCall(
            String method, String target, Map<String, List<String>> headers, String body, List<Integer> numbers) {
        this.method = method;
        this.target = target;
        this.headers = headers;
        this.body = body;
        this.numbers = List.copyOf(numbers);
    }

    private static List<Integer> numbersIn(String text) {
        return NUMBER.matcher(text)
                .results()
                .map(match -> Integer.valueOf(match.group(1)))
                .distinct()
                .toList();
    }

    /** {@code GET} or {@code POST}. */
    public String method() {
        return method;
    }

    /** Path and query as they came in. */
    public String target() {
        return target;
    }

    /** The first value of a header, whatever its case. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    /** The body as UTF-8; empty where there is none. */
    public String body() {
        return body;
    }

    /**
     * The recipients that the answer is to cover, by the last three digits, in the order of the request. A test may ask
     * for an answer about fewer or more than are in the request, so go by this list.
     */
    public List<Integer> numbers() {
        return numbers;
    }

    /** The only recipient. */
    public int number() {
        if (numbers.size() != 1) {
            throw new IllegalStateException("the request names " + numbers.size() + " recipients of the test, not one");
        }
        return numbers.get(0);
    }

    /** Whether a text is in the target or the body, as it is or percent-encoded. */
    public boolean mentions(String text) {
        return target.contains(text)
                || body.contains(text)
                || decoded(target).contains(text)
                || decoded(body).contains(text);
    }

    /** The first match of a pattern's first group in the body or, if not there, the target. */
    public Optional<String> find(Pattern pattern) {
        Matcher inBody = pattern.matcher(body);
        if (inBody.find()) {
            return Optional.of(inBody.group(1));
        }
        Matcher inTarget = pattern.matcher(target);
        return inTarget.find() ? Optional.of(inTarget.group(1)) : Optional.empty();
    }

    /** The same request, to be answered about other recipients. */
    ApiCall about(List<Integer> others) {
        return new ApiCall(method, target, headers, body, others);
    }

    Map<String, List<String>> headers() {
        return headers;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text; // no form
        }
    }

    /** Method and recipients' count. */
    @Override
    public String toString() {
        return "ApiCall[" + method + ", " + numbers.size() + " recipients]";
    }
}
