package io.github.smsdispatch.infobip;

import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.http.ProviderHttp;
import io.github.smsdispatch.spi.DoubtLookup;
import io.github.smsdispatch.spi.DoubtfulAttempt;
import io.github.smsdispatch.spi.LogAnswer;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.MessageLog;
import io.github.smsdispatch.spi.ProviderTraits;
import io.github.smsdispatch.spi.RecipientCheck;
import io.github.smsdispatch.spi.RecipientFinding;
import io.github.smsdispatch.spi.SentAttempt;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.StatusLookup;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.spi.UnknownCodes;
import io.github.smsdispatch.spi.WebhookParser;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One Infobip account. Thread-safe. */
final class InfobipProvider
        implements SmsProvider, StatusLookup, DoubtLookup, MessageLog, WebhookParser, RecipientCheck, UnknownCodes {
    /** 25 parts (status 25) of 67 characters, which texts in any alphabet may have. */
    private static final int MAX_TEXT = 1_675;

    private final ProviderAccount account;
    private final ProviderTraits traits;
    private final ProviderHttp http;
    private final InfobipCodes codes;
    private final InfobipSubmissions submissions;
    private final InfobipLookups lookups;
    private final InfobipNumbers numbers;
    private final InfobipWebhooks webhooks;

    /** @param clock for what the log may have forgotten */
    InfobipProvider(InfobipSettings settings, InstantSource clock) {
        this.account = settings.account;
        this.traits = ProviderTraits.builder()
                .maxBatchSize(settings.batchSize)
                .maxTextLength(MAX_TEXT)
                .maxValidity(InfobipMessages.MAX_VALIDITY)
                .receiptPatience(settings.receiptPatience)
                .absenceProof(settings.absenceProof)
                .longestCall(settings.timeout)
                .build();
        this.http = new ProviderHttp(account.toString(), settings.timeout);
        this.codes = new InfobipCodes(account);
        var requests = new InfobipRequests(settings);
        var receipts = new InfobipReceipts(account, codes);
        var messages = new InfobipMessages(settings);
        this.submissions = new InfobipSubmissions(
                http,
                batch -> requests.submit(batch.stream().map(messages::write).toList()),
                new InfobipAnswers(codes));
        var log = new InfobipLog(request -> http.exchange(request, ProviderHttp.LOG_MAX_BODY));
        this.lookups = new InfobipLookups(requests, log, receipts, clock);
        this.numbers = new InfobipNumbers(http::exchange, requests, codes);
        this.webhooks = new InfobipWebhooks(account, settings.webhookSecret, receipts);
    }

    @Override
    public ProviderTraits traits() {
        return traits;
    }

    /** @throws IllegalArgumentException if the batch is larger than one request may be; nothing is sent then */
    @Override
    public List<SubmitOutcome> submit(List<Submission> batch) {
        if (batch.size() > traits.maxBatchSize()) {
            throw new IllegalArgumentException("at most " + traits.maxBatchSize() + " messages in a batch");
        }
        return submissions.submit(batch);
    }

    @Override
    public int maxLookupBatch() {
        return InfobipLookups.MAX_IDS;
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
    public LogAnswer readLog(Instant from, Instant until, @Nullable String cursor) {
        return lookups.readLog(from, until, cursor);
    }

    @Override
    public int maxCheckBatch() {
        return InfobipNumbers.MAX_NUMBERS;
    }

    @Override
    public List<RecipientFinding> check(List<PhoneNumber> recipients) {
        return numbers.check(recipients);
    }

    @Override
    public Map<String, Long> unknownCodes() {
        return codes.unknownCodes();
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
        return "InfobipProvider[" + account + "]";
    }
}
