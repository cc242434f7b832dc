package io.github.smsdispatch.vonage;

import io.github.smsdispatch.http.Form;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The parameter {@code sig} of a signed receipt
 * (https://developer.vonage.com/getting-started/concepts/signing-messages, read 2026-11): hex of a signature over all
 * other parameters, sorted by name, each as {@code &name=value} with ampersands and equals signs inside replaced by
 * underscores.
 */
final class VonageSignature {
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}");

    private final String secret;
    private final SignatureMethod method;
    private final SignatureAge age;

    VonageSignature(String secret, SignatureMethod method, SignatureAge age) {
        this.secret = secret;
        this.method = method;
        this.age = age;
    }

    /** Whether the parameters are signed, rightly and recently. */
    boolean matches(Form parameters) {
        Optional<byte[]> given = parameters.first("sig").flatMap(VonageSignature::fromHex);
        if (given.isEmpty() || !isRecent(parameters)) {
            return false;
        }
        // Whether blank values are signed is not documented, and Vonage's SDK does it both ways; the secret is needed
        // for either.
        if (MessageDigest.isEqual(given.get(), sign(parameters, value -> true))) {
            return true;
        }
        boolean hasBlanks =
                parameters.fields().stream().anyMatch(field -> field.getValue().isBlank());
        return hasBlanks && MessageDigest.isEqual(given.get(), sign(parameters, value -> !value.isBlank()));
    }

    private byte[] sign(Form parameters, Predicate<String> signed) {
        var fields = new ArrayList<>(parameters.fields());
        fields.sort(Map.Entry.comparingByKey());
        var text = new StringBuilder();
        for (Map.Entry<String, String> field : fields) {
            if (!field.getKey().equals("sig") && signed.test(field.getValue())) {
                text.append('&').append(plain(field.getKey())).append('=').append(plain(field.getValue()));
            }
        }
        return method.sign(text.toString(), secret);
    }

    private boolean isRecent(Form parameters) {
        return parameters
                .first("timestamp")
                .filter(seconds -> SECONDS.matcher(seconds).matches())
                .filter(seconds -> age.isGood(Long.parseLong(seconds)))
                .isPresent();
    }

    private static Optional<byte[]> fromHex(String text) {
        try {
            return Optional.of(HexFormat.of().parseHex(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String plain(String text) {
        return text.replace('&', '_').replace('=', '_');
    }
}
