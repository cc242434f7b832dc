package io.github.smsdispatch.africastalking;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.http.Outcomes;
import io.github.smsdispatch.http.ProviderHttp;
import io.github.smsdispatch.http.WebhookSecret;
import io.github.smsdispatch.spi.ProviderTraits;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.spi.UnknownCodes;
import io.github.smsdispatch.spi.WebhookParser;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * One account at Africa's Talking. Thread-safe. It cannot be asked for the status of a message, nor whether it took one:
 * what its API offers under the same URL is the inbox of texts that came in.
 */
final class AfricasTalkingProvider implements SmsProvider, WebhookParser, UnknownCodes {
    /** Not documented; ten segments are what other providers take. */
    private static final int MAX_TEXT = 1_600;

    /** There is no parameter for it, so that it limits nothing: the engine's own end of validity governs. */
    private static final Duration MAX_VALIDITY = Duration.ofDays(365);

    private final AfricasTalkingSettings settings;
    private final ProviderAccount account;
    private final ProviderTraits traits;
    private final ProviderHttp http;
    private final AfricasTalkingRequests requests;
    private final AfricasTalkingCodes codes;
    private final AfricasTalkingAnswers answers;
    private final AfricasTalkingWebhooks webhooks;
    private final LongSupplier nanoTime;

    /** @param nanoTime for how long a call takes */
    AfricasTalkingProvider(AfricasTalkingSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.account = settings.account;
        this.traits = ProviderTraits.builder()
                .maxBatchSize(settings.maxRecipients)
                .batchesShareText(true)
                .maxTextLength(MAX_TEXT)
                .maxValidity(MAX_VALIDITY)
                .receiptPatience(settings.receiptPatience)
                .absenceProof(null)
                // The last request of a call may begin just before the first one's deadline.
                .longestCall(settings.timeout.multipliedBy(2))
                .build();
        this.http = new ProviderHttp(account.toString(), settings.timeout);
        this.requests = new AfricasTalkingRequests(settings);
        this.codes = new AfricasTalkingCodes(account.toString());
        this.answers = new AfricasTalkingAnswers(codes);
        this.webhooks = new AfricasTalkingWebhooks(
                settings.webhookSecret == null ? null : new WebhookSecret(settings.webhookSecret),
                new Callbacks(account, codes));
        this.nanoTime = nanoTime;
    }

    @Override
    public ProviderTraits traits() {
        return traits;
    }

    /**
     * One request for all that share text and sender; several, one after the other, where they do not, or where a number
     * comes twice. When a request shows that the next one is better not made, or the first one's deadline has passed, the
     * rest is not handed over, and refused as that.
     */
    @Override
    public List<SubmitOutcome> submit(List<Submission> batch) {
        var outcomes = new SubmitOutcome[batch.size()];
        long deadline = nanoTime.getAsLong() + settings.timeout.toNanos();
        SubmitOutcome.Refused stopped = null;
        boolean isFirst = true;
        for (Bulk bulk : Bulk.of(batch, settings.from, settings.maxRecipients)) {
            if (stopped == null && !isFirst && nanoTime.getAsLong() - deadline >= 0) {
                stopped = BulkAnswer.notHandedOver("the earlier requests of the same call took too long");
            }
            isFirst = false;
            BulkAnswer answer = stopped == null ? handOver(bulk) : BulkAnswer.forAll(stopped);
            bulk.places().forEach((digits, place) -> outcomes[place] = answer.of(digits));
            if (stopped == null) {
                stopped = answer.stop().orElse(null);
            }
        }
        return Arrays.asList(outcomes);
    }

    private BulkAnswer handOver(Bulk bulk) {
        return Outcomes.submit(
                http, () -> requests.submit(bulk), result -> answers.read(result, bulk.isForOne()), BulkAnswer::forAll);
    }

    @Override
    public WebhookVerdict parse(WebhookRequest request) {
        return webhooks.parse(request);
    }

    @Override
    public Map<String, Long> unknownCodes() {
        return codes.unknownCodes();
    }

    @Override
    public void close() {
        http.close();
    }

    @Override
    public String toString() {
        return "AfricasTalkingProvider[" + account + "]";
    }
}
