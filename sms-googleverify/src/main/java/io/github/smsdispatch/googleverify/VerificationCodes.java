package io.github.smsdispatch.googleverify;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.http.CodeBook;
import io.github.smsdispatch.http.ExchangeResult;
import io.github.smsdispatch.http.Json;
import io.github.smsdispatch.http.Outcomes;
import io.github.smsdispatch.http.ProviderHttp;
import io.github.smsdispatch.spi.ConfigurationException;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.ProviderSettings;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.text.SmsText;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Has a verification server issue codes and write their texts without sending them ({@code onlyGenerateSMS}), so that
 * another provider can carry them with receipts and all. The realm must allow generated texts.
 *
 * <p>Where the realm signs its texts, the signature covers number and text: both must go out as they are. A text that a
 * {@link io.github.smsdispatch.Message} would alter is refused here.
 *
 * <p>Thread-safe; blocks while it asks. Nothing is asked twice.
 */
public final class VerificationCodes implements AutoCloseable {
    private final ProviderHttp http;
    private final GoogleVerifyRequests requests;
    private final GoogleVerifyAnswers answers;
    private final Supplier<UUID> references;

    /** @param references a new one for each code */
    VerificationCodes(GoogleVerifySettings settings, Supplier<UUID> references) {
        this.references = references;
        this.http = new ProviderHttp(settings.account.toString(), settings.timeout);
        this.requests = new GoogleVerifyRequests(settings);
        this.answers = new GoogleVerifyAnswers(new CodeBook(settings.account.toString(), GoogleVerifyAnswers.CODES));
    }

    /**
     * From the settings of the provider, by their keys without the provider's name: {@code base-url}, {@code api-key},
     * {@code timeout}; the others may be there and mean nothing here. Does no I/O.
     *
     * @throws ConfigurationException with all that is wrong with them
     */
    public static VerificationCodes create(Map<String, String> settings) {
        return new VerificationCodes(GoogleVerifySettings.of(settings), VerificationCodes::newReference);
    }

    /** From settings that were checked as those of the provider are. Does no I/O. */
    public static VerificationCodes create(ProviderSettings settings) {
        return new VerificationCodes(new GoogleVerifySettings(settings), VerificationCodes::newReference);
    }

    /** Asks for a new code and its text. */
    public GeneratedText generate(PhoneNumber recipient, CodeRequest request) {
        var order = new CodeOrder(references.get(), recipient, request);
        var body = new AtomicReference<@Nullable String>();
        SubmitOutcome outcome = Outcomes.submit(http, () -> requests.generate(order), result -> {
            if (result instanceof ExchangeResult.Answered answer) {
                body.set(answer.body());
            }
            return answers.ofIssue(order, result);
        });
        return outcome.fold(
                accepted -> text(order, body.get()),
                refused -> new GeneratedText.Refused(
                        refused.reason(), refused.code(), refused.detail(), refused.retryAfter()),
                unknown -> new GeneratedText.Unknown(order.uuid(), unknown.code(), unknown.detail()));
    }

    /** Makes a code useless, if nobody has used it yet. */
    public CodeExpiry expire(UUID uuid) {
        return http.exchange(requests.expireCode(uuid))
                .fold(VerificationCodes::expiry, notSent -> CodeExpiry.UNKNOWN, lost -> CodeExpiry.UNKNOWN);
    }

    /** Lets go of connections; calls under way may fail. */
    @Override
    public void close() {
        http.close();
    }

    private static UUID newReference() {
        return AttemptId.create().value();
    }

    static GeneratedText text(CodeOrder order, @Nullable String answered) {
        JsonNode body = Json.read(answered == null ? "" : answered);
        @Nullable String text = Json.text(body, "generatedSMS");
        long expiresAt = Math.max(
                body.path("expiresAtTimestamp").asLong(0),
                body.path("longExpiresAtTimestamp").asLong(0));
        if (text == null || expiresAt <= 0 || expiresAt > Instant.MAX.getEpochSecond()) {
            return new GeneratedText.Unknown(order.uuid(), null, "issued, but the text or its expiry is missing");
        }
        if (!order.phone().e164().equals(Json.text(body, "phone"))) {
            return refused("the text was written for another form of the number");
        }
        return isSentAsItIs(text)
                ? new GeneratedText.Ready(order.uuid(), order.phone(), text, Instant.ofEpochSecond(expiresAt))
                : refused("the text is not in Unicode normalisation form C: sending would alter it, and void a"
                        + " signature; write the realm's template so");
    }

    private static GeneratedText refused(String detail) {
        return new GeneratedText.Refused(FailureReason.CONTENT, null, detail, null);
    }

    private static boolean isSentAsItIs(String text) {
        try {
            return SmsText.normalize(text).equals(text);
        } catch (IllegalArgumentException e) {
            return false; // half a character
        }
    }

    private static CodeExpiry expiry(ExchangeResult.Answered answer) {
        JsonNode body = Json.read(answer.body());
        if (answer.isSuccess()) {
            // Both times are set to now, or were past before.
            return body.path("expiresAtTimestamp").asLong(0) > 0 && Json.text(body, "error") == null
                    ? CodeExpiry.EXPIRED
                    : CodeExpiry.UNKNOWN;
        }
        if (answer.status() == 400) {
            return CodeExpiry.NOT_EXPIRED;
        }
        return answer.status() == 404 && "code_not_found".equals(Json.text(body, "errorCode"))
                ? CodeExpiry.ABSENT
                : CodeExpiry.UNKNOWN;
    }
}
