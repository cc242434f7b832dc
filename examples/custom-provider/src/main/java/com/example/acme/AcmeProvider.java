package com.example.acme;

import io.github.smsdispatch.http.CodeBook;
import io.github.smsdispatch.http.CodeTable;
import io.github.smsdispatch.http.HttpSettings;
import io.github.smsdispatch.http.ProviderHttp;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.ProviderSettings;
import io.github.smsdispatch.spi.ProviderTraits;
import io.github.smsdispatch.spi.SentAttempt;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.StatusLookup;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.spi.UnknownCodes;
import io.github.smsdispatch.spi.WebhookParser;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One account at Acme. Thread-safe. */
final class AcmeProvider implements SmsProvider, StatusLookup, WebhookParser, UnknownCodes {
    private static final CodeTable CODES =
            CodeTable.read(AcmeProvider.class.getResourceAsStream("acme-codes.txt"), "acme-codes.txt");

    /** Messages of one request, and ids of one look-up. */
    private static final int MAX_BATCH = 50;

    private final String name;
    private final ProviderTraits traits;
    private final ProviderHttp http;
    private final AcmeRequests requests;
    private final CodeBook codes;
    private final AcmeAnswers answers;
    private final AcmeReports reports;
    private final AcmeWebhooks webhooks;

    AcmeProvider(ProviderSettings settings) {
        this.name = settings.account().toString();
        this.traits = ProviderTraits.builder()
                .maxBatchSize(MAX_BATCH)
                .maxTextLength(1_000)
                .maxValidity(Duration.ofDays(3))
                .receiptPatience(HttpSettings.receiptPatience(settings))
                .longestCall(HttpSettings.timeout(settings))
                .build();
        this.http = new ProviderHttp(name, HttpSettings.timeout(settings));
        this.requests = new AcmeRequests(settings);
        this.codes = new CodeBook(name, CODES);
        this.answers = new AcmeAnswers(codes);
        this.reports = new AcmeReports(settings.account(), codes);
        this.webhooks = new AcmeWebhooks(settings.find("webhook-secret"), reports);
    }

    @Override
    public ProviderTraits traits() {
        return traits;
    }

    @Override
    public List<SubmitOutcome> submit(List<Submission> batch) {
        if (batch.isEmpty() || batch.size() > MAX_BATCH) {
            throw new IllegalArgumentException("1 to " + MAX_BATCH + " messages in a batch");
        }
        return answers.ofSubmit(batch, http.exchange(requests.submit(batch)));
    }

    @Override
    public int maxLookupBatch() {
        return MAX_BATCH;
    }

    @Override
    public List<LookupAnswer> lookUp(List<SentAttempt> attempts) {
        return reports.ofLookup(attempts, http.exchange(requests.lookUp(attempts)));
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
        return "AcmeProvider[" + name + "]";
    }
}
