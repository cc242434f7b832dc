package io.github.smsdispatch.twilio;

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
import java.util.List;

/** One Twilio account. Thread-safe. */
final class TwilioProvider implements SmsProvider, StatusLookup, DoubtLookup, WebhookParser {
    /** Longer texts are refused with error 21617 (Twilio docs, read 2026-11). */
    private static final int MAX_TEXT = 1_600;

    private final ProviderAccount account;
    private final ProviderTraits traits;
    private final ProviderHttp http;
    private final TwilioRequests requests;
    private final TwilioStatus status;
    private final TwilioLog log;
    private final TwilioWebhooks webhooks;

    TwilioProvider(TwilioSettings settings) {
        this.account = settings.account;
        this.traits = ProviderTraits.builder()
                .maxTextLength(MAX_TEXT)
                .maxValidity(TwilioRequests.MAX_VALIDITY)
                .receiptPatience(settings.receiptPatience)
                .absenceProof(settings.absenceProof)
                .build();
        this.http = new ProviderHttp(settings.account.toString(), settings.timeout);
        this.requests = new TwilioRequests(settings);
        this.status = new TwilioStatus(settings.account, requests, http);
        this.log = new TwilioLog(settings.account, requests, http);
        this.webhooks = new TwilioWebhooks(settings.account, settings.authToken);
    }

    @Override
    public ProviderTraits traits() {
        return traits;
    }

    @Override
    public List<SubmitOutcome> submit(List<Submission> batch) {
        return batch.stream()
                .map(submission -> Outcomes.submit(http, () -> requests.create(submission), TwilioAnswers::ofSubmit))
                .toList();
    }

    @Override
    public int maxLookupBatch() {
        return 1;
    }

    @Override
    public List<LookupAnswer> lookUp(List<SentAttempt> attempts) {
        return attempts.stream().map(status::of).toList();
    }

    @Override
    public LookupAnswer find(DoubtfulAttempt attempt) {
        return log.find(attempt);
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
        return "TwilioProvider[" + account + "]";
    }
}
