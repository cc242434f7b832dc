package io.github.smsdispatch.vonage;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.http.ExchangeRequest;
import io.github.smsdispatch.http.ExchangeResult;
import io.github.smsdispatch.http.Json;
import io.github.smsdispatch.http.Outcomes;
import io.github.smsdispatch.http.ProviderHttp;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.Receipt;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads reports, page by page (OpenAPI document of the Reports API 3.1.4, read 2026-11). */
final class VonageReports {
    /** Pages have up to 1,000 records. */
    private static final int MAX_PAGES = 20;

    /** Offsets come as Z, with and without colon. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss[.SSS][XXX][XX]");

    /**
     * A whole report, or why there is none.
     *
     * @param receipts one for each record that can be read
     * @param failure null: the report is complete
     */
    record Report(List<Receipt> receipts, LookupAnswer.@Nullable Failed failure) {}

    private final ProviderAccount account;
    private final VonageRequests requests;
    private final ProviderHttp http;

    VonageReports(ProviderAccount account, VonageRequests requests, ProviderHttp http) {
        this.account = account;
        this.requests = requests;
        this.http = http;
    }

    /** Reads all pages; what was read before a failure is kept. */
    Report read(ExchangeRequest first) {
        var receipts = new ArrayList<Receipt>();
        ExchangeRequest request = first;
        for (int page = 0; page < MAX_PAGES; page++) {
            ExchangeResult result = http.exchange(request, ProviderHttp.LOG_MAX_BODY);
            if (!(result instanceof ExchangeResult.Answered answer) || !answer.isSuccess()) {
                return new Report(receipts, Outcomes.ofLookup(result));
            }
            JsonNode body = Json.read(answer.body());
            body.path("records").forEach(record -> receipt(record).ifPresent(receipts::add));
            // TRUNCATED says that records are missing; what is not SUCCESS proves no absence.
            if (!"SUCCESS".equals(Json.text(body, "request_status"))) {
                return failed(receipts, answer, "the report is not complete");
            }
            @Nullable String next = Json.text(body.path("_links").path("next"), "href");
            if (next == null) {
                return new Report(receipts, null);
            }
            @Nullable String query = queryOf(next);
            if (query == null) {
                return failed(receipts, answer, "the link to the next page cannot be read");
            }
            request = requests.reports(query);
        }
        return new Report(
                receipts, new LookupAnswer.Failed(null, "the report has more than " + MAX_PAGES + " pages", null));
    }

    private static Report failed(List<Receipt> receipts, ExchangeResult.Answered answer, String detail) {
        return new Report(receipts, new LookupAnswer.Failed(String.valueOf(answer.status()), detail, null));
    }

    private Optional<Receipt> receipt(JsonNode record) {
        @Nullable String id = Json.text(record, "message_id");
        @Nullable String status = Json.text(record, "status");
        if (id == null || status == null) {
            return Optional.empty();
        }
        return Optional.of(new Receipt(
                account,
                id,
                VonageReceipts.reference(Json.text(record, "client_ref")),
                VonageReceipts.state(status),
                status,
                VonageReceipts.errorCode(Json.text(record, "error_code")),
                date(Json.text(record, "date_finalized"))));
    }

    private static @Nullable Instant date(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text, DATE).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The query alone: credentials go to the configured host and to no other that an answer may name. */
    private static @Nullable String queryOf(String link) {
        try {
            return URI.create(link).getRawQuery();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
