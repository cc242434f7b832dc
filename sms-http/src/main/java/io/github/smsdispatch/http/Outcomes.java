package io.github.smsdispatch.http;

import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.LogAnswer;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.RecipientFinding;
import io.github.smsdispatch.spi.SubmitOutcome;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an exchange means where the provider documents nothing better. Errs towards doubt: only what shows that nothing
 * was taken becomes a refusal.
 */
public final class Outcomes {
    private static final String PROXY_WANTS_CREDENTIALS = "407";

    private Outcomes() {}

    /**
     * Makes a hand-over. What goes wrong while the request is written is a refusal and no doubt, because nothing was
     * sent: values that a request cannot hold ({@link IllegalArgumentException}) are the message's fault and
     * {@code CONTENT}; anything else, such as a client library of the wrong version or an address that is none, would go
     * wrong with the next message too and is {@code ACCOUNT}. What is thrown later is thrown on: it is in doubt.
     *
     * @param write makes the request; may throw
     * @param read says what the result means
     */
    public static SubmitOutcome submit(
            ProviderHttp http, Supplier<ExchangeRequest> write, Function<ExchangeResult, SubmitOutcome> read) {
        return submit(http, write, read, refused -> refused);
    }

    /**
     * As {@link #submit(ProviderHttp, Supplier, Function)}, for a request that hands over several messages.
     *
     * @param notWritten says what it means for all of them that the request could not be written
     */
    public static <T> T submit(
            ProviderHttp http,
            Supplier<ExchangeRequest> write,
            Function<ExchangeResult, ? extends T> read,
            Function<SubmitOutcome.Refused, ? extends T> notWritten) {
        ExchangeRequest request;
        try {
            request = write.get();
        } catch (IllegalArgumentException e) {
            return notWritten.apply(unwritable(FailureReason.CONTENT, e));
        } catch (RuntimeException | LinkageError e) {
            return notWritten.apply(unwritable(FailureReason.ACCOUNT, e));
        }
        ExchangeResult result;
        try {
            result = http.exchange(request);
        } catch (IllegalArgumentException e) {
            // Thrown for a URL or a header alone, which come from the settings.
            return notWritten.apply(unwritable(FailureReason.ACCOUNT, e));
        }
        return read.apply(result);
    }

    /**
     * The outcome of a hand-over.
     *
     * <p>Not sent: {@code UNAVAILABLE}. Refused by status: 401, 402, 403, 404 and 410 are {@code ACCOUNT}; 429 is
     * {@code THROTTLED} with its {@code Retry-After}; 407 comes from a proxy on the way and is {@code UNAVAILABLE}; the
     * other statuses that say the request cannot be processed as it is are {@code SENDER}: it was not taken, the reason
     * is not known, and the next route may take it. Where such an answer is a page for people, it comes from something on
     * the way and is {@code UNAVAILABLE}: a firewall that begins to block us must not end the whole queue. All else is unknown: lost answers, 5xx, redirects, 408, and a
     * success, which only the provider's module can read.
     */
    public static SubmitOutcome ofSubmit(ExchangeResult result) {
        return result.fold(
                Outcomes::ofStatus,
                notSent ->
                        SubmitOutcome.Refused.because(FailureReason.UNAVAILABLE, null, "not sent: " + notSent.detail()),
                Outcomes::ofLost);
    }

    /** OkHttp does not read on after a 407 that it did not expect. */
    private static SubmitOutcome ofLost(ExchangeResult.Lost lost) {
        @Nullable String status = lost.status() == null ? null : String.valueOf(lost.status());
        return status != null && status.equals(PROXY_WANTS_CREDENTIALS)
                ? SubmitOutcome.Refused.because(FailureReason.UNAVAILABLE, status, "refused with HTTP status " + status)
                : new SubmitOutcome.Unknown(status, "no complete answer: " + lost.detail());
    }

    /**
     * The outcome of a hand-over whose answer has a code that the provider documents.
     *
     * @param row of the kind {@link CodeTable.Kind#SUBMIT}, and not for what was taken: only the provider's module can read
     *     an id
     */
    public static SubmitOutcome ofCode(CodeTable.Row row, ExchangeResult.Answered answer) {
        @Nullable FailureReason reason = row.reason();
        return reason == null
                ? new SubmitOutcome.Unknown(row.code(), row.meaning())
                : new SubmitOutcome.Refused(reason, row.code(), row.meaning(), RetryAfter.of(answer));
    }

    /**
     * The outcome of a hand-over whose answer has a code that nobody documents: it proves nothing, so the HTTP status
     * decides, as {@link #ofSubmit} says, and the code is kept.
     *
     * @param code as it may be shown ({@link CodeBook#shown}); null: it may not, or there is none
     */
    public static SubmitOutcome ofUnknownCode(@Nullable String code, ExchangeResult.Answered answer) {
        SubmitOutcome byStatus = ofStatus(answer);
        return code == null
                ? byStatus
                : byStatus.fold(
                        accepted -> accepted,
                        refused -> new SubmitOutcome.Refused(
                                refused.reason(), code, refused.detail(), refused.retryAfter()),
                        unknown -> new SubmitOutcome.Unknown(code, unknown.detail()));
    }

    /**
     * What it means for each of several messages that their request was refused as a whole, and the answer does not say
     * for which of them: none was taken, and none may be rejected with the one that is to blame. They come back after the
     * pause of a busy recipient, which spreads them, so that requests are smaller until it stands alone. The account is well
     * and stays so: were it taken for down, it would be up again with the next request without the culprit, and so on.
     * What the status says of the account itself, such as bad credentials, stays as it is.
     *
     * @param detail a sentence for people; nothing of the request in it
     */
    public static SubmitOutcome.Refused together(SubmitOutcome.Refused refused, String detail) {
        return switch (refused.reason()) {
            case ACCOUNT, THROTTLED, UNAVAILABLE, RECIPIENT_BUSY -> refused;
            case RECIPIENT, OPTED_OUT, CONTENT, SENDER, DESTINATION ->
                SubmitOutcome.Refused.because(FailureReason.RECIPIENT_BUSY, refused.code(), detail);
        };
    }

    /** The answer to a look-up that did not succeed. */
    public static LookupAnswer.Failed ofLookup(ExchangeResult result) {
        return result.fold(
                answered -> new LookupAnswer.Failed(
                        String.valueOf(answered.status()), "answered " + answered.status(), RetryAfter.of(answered)),
                notSent -> new LookupAnswer.Failed(null, "not sent: " + notSent.detail(), null),
                lost -> new LookupAnswer.Failed(
                        Optional.ofNullable(lost.status()).map(String::valueOf).orElse(null),
                        "no complete answer: " + lost.detail(),
                        null));
    }

    /** The same of a page of the provider's log. */
    public static LogAnswer.Failed ofLog(LookupAnswer.Failed failure) {
        return new LogAnswer.Failed(failure.code(), failure.detail(), failure.retryAfter());
    }

    /** What the check of a number finds that did not succeed. */
    public static RecipientFinding ofCheck(ExchangeResult result) {
        LookupAnswer.Failed failure = ofLookup(result);
        return RecipientFinding.unknown(failure.code(), failure.detail(), failure.retryAfter());
    }

    private static SubmitOutcome.Refused unwritable(FailureReason reason, Throwable cause) {
        // The class alone: the message may hold a number or a text.
        return SubmitOutcome.Refused.because(
                reason,
                null,
                "not sent: the request could not be written, "
                        + cause.getClass().getSimpleName());
    }

    private static SubmitOutcome ofStatus(ExchangeResult.Answered answer) {
        return switch (answer.status()) {
            case 401, 402, 403, 404, 410 -> refused(FailureReason.ACCOUNT, answer);
            case 400, 405, 406, 411, 413, 414, 415, 417, 422, 431 ->
                refused(isPage(answer) ? FailureReason.UNAVAILABLE : FailureReason.SENDER, answer);
            case 407 -> refused(FailureReason.UNAVAILABLE, answer);
            case 429 -> refused(FailureReason.THROTTLED, answer);
            default ->
                new SubmitOutcome.Unknown(
                        String.valueOf(answer.status()),
                        "HTTP status " + answer.status() + " does not tell whether it was taken");
        };
    }

    /** APIs answer in JSON or a line of text; firewalls, proxies and load balancers in HTML. */
    private static boolean isPage(ExchangeResult.Answered answer) {
        return answer.body().stripLeading().startsWith("<");
    }

    private static SubmitOutcome refused(FailureReason reason, ExchangeResult.Answered answer) {
        return new SubmitOutcome.Refused(
                reason,
                String.valueOf(answer.status()),
                "refused with HTTP status " + answer.status(),
                RetryAfter.of(answer));
    }
}
