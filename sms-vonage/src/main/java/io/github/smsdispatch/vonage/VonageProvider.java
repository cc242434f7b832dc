package io.github.smsdispatch.vonage;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.http.Outcomes;
import io.github.smsdispatch.http.ProviderHttp;
import io.github.smsdispatch.spi.DoubtLookup;
import io.github.smsdispatch.spi.DoubtfulAttempt;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.ProviderTraits;
import io.github.smsdispatch.spi.SentAttempt;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.StatusLookup;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.spi.WebhookParser;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One Vonage account. Thread-safe. */
final class VonageProvider implements SmsProvider, StatusLookup, DoubtLookup, WebhookParser {
    /** Parameter {@code text} (Vonage docs, concatenation and encoding guide, read 2026-11). */
    private static final int MAX_TEXT = 3_200;

    private final ProviderAccount account;
    private final ProviderTraits traits;
    private final ProviderHttp http;
    private final VonageRequests requests;
    private final VonageLookups lookups;
    private final VonageWebhooks webhooks;

    /** @param clock for the age of signatures */
    VonageProvider(VonageSettings settings, InstantSource clock) {
        this.account = settings.account;
        this.traits = ProviderTraits.builder()
                .maxTextLength(MAX_TEXT)
                .maxValidity(VonageRequests.MAX_VALIDITY)
                .receiptsPerPart(true)
                .receiptPatience(settings.receiptPatience)
                .absenceProof(settings.absenceProof)
                .build();
        this.http = new ProviderHttp(settings.account.toString(), settings.timeout);
        this.requests = new VonageRequests(settings);
        this.lookups = new VonageLookups(requests, new VonageReports(settings.account, requests, http));
        @Nullable String secret = settings.signatureSecret;
        this.webhooks = new VonageWebhooks(
                settings.account,
                settings.apiKey,
                secret == null ? null : new VonageSignature(secret, settings.signatureMethod, clock),
                settings.allowUnsignedWebhooks);
    }

    @Override
    public ProviderTraits traits() {
        return traits;
    }

    @Override
    public List<SubmitOutcome> submit(List<Submission> batch) {
        return batch.stream()
                .map(submission -> Outcomes.submit(http, () -> requests.submit(submission), VonageAnswers::ofSubmit))
                .toList();
    }

    @Override
    public int maxLookupBatch() {
        return VonageLookups.MAX_IDS;
    }

    @Override
    public List<LookupAnswer> lookUp(List<SentAttempt> attempts) {
        return lookups.lookUp(attempts);
    }

    @Override
    public LookupAnswer find(DoubtfulAttempt attempt) {
        return lookups.find(attempt);
    }

    @Override
    public WebhookVerdict parse(WebhookRequest request) {
        return webhooks.parse(request);
    }

    @Override
    public void close() {
        http.close();
    }

    @Override
    public String toString() {
        return "VonageProvider[" + account + "]";
    }
}
