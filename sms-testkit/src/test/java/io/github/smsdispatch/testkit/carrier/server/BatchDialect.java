package io.github.smsdispatch.testkit.carrier.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.smsdispatch.testkit.carrier.wire.CarrierMessage;
import io.github.smsdispatch.testkit.carrier.wire.Decision;
import io.github.smsdispatch.testkit.carrier.wire.Declined;
import io.github.smsdispatch.testkit.carrier.wire.Dialect;
import io.github.smsdispatch.testkit.carrier.wire.Draft;
import io.github.smsdispatch.testkit.carrier.wire.HttpAnswer;
import io.github.smsdispatch.testkit.carrier.wire.HttpCall;
import io.github.smsdispatch.testkit.carrier.wire.Item;
import io.github.smsdispatch.testkit.carrier.wire.Json;
import io.github.smsdispatch.testkit.carrier.wire.Life;
import io.github.smsdispatch.testkit.carrier.wire.Reading;
import io.github.smsdispatch.testkit.carrier.wire.WebhookRequest;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A provider that takes several messages at once, {@code [{"to":…,"text":…,"id":…,"silent":true}]} with or without the last
 * two, declines the text "bad", and answers a word for each.
 */
final class BatchDialect implements Dialect {
    private final String provider;

    BatchDialect(String provider) {
        this.provider = provider;
    }

    @Override
    public String provider() {
        return provider;
    }

    @Override
    public boolean speaks(HttpCall call) {
        return call.path().equals("/" + provider);
    }

    @Override
    public Reading read(HttpCall call) {
        var items = new ArrayList<Item>();
        for (JsonNode one : Json.parse(call.body())) {
            String text = one.get("text").textValue();
            items.add(text.equals("bad") ? declined("bad") : draft(one, text));
        }
        return Reading.batch(items);
    }

    private static Draft draft(JsonNode one, String text) {
        Draft draft = new Draft(one.get("to").textValue(), null, null, text, 1, null, null, Duration.ofHours(1))
                .withMessageId(one.path("id").textValue())
                .withDetail("length", String.valueOf(text.length()));
        return one.path("silent").booleanValue() ? draft.withoutReceipts() : draft;
    }

    private Declined declined(String why) {
        return new Declined(provider + " " + why, Json.object().textNode(why));
    }

    @Override
    public List<String> newIds(Draft draft, RandomGenerator random) {
        return List.of("id-%016x".formatted(random.nextLong()));
    }

    @Override
    public HttpAnswer answer(HttpCall call, List<Decision> decisions) {
        ArrayNode body = Json.array();
        decisions.forEach(decision -> body.add(decision.<JsonNode>fold(
                message -> body.textNode("took " + message.draft().text()), Declined::answer)));
        return HttpAnswer.json(200, body);
    }

    @Override
    public Declined alreadyKnown(Draft draft, CarrierMessage first) {
        return declined("known");
    }

    @Override
    public HttpAnswer throttled() {
        return HttpAnswer.plain(429, "slow down");
    }

    @Override
    public HttpAnswer unavailable() {
        return HttpAnswer.plain(503, "not now");
    }

    @Override
    public HttpAnswer failed() {
        return HttpAnswer.plain(500, "no idea");
    }

    @Override
    public List<String> undeliveredCodes() {
        return List.of("1");
    }

    @Override
    public String expiredCode() {
        return "2";
    }

    @Override
    public List<WebhookRequest> receipts(CarrierMessage message, Life.Step step, URI to) {
        return List.of(new WebhookRequest("POST", to, Map.of(), step.state().name()));
    }

    /** What an opt-out looks like: recipient and sender. */
    @Override
    public List<WebhookRequest> optOutNotice(String recipient, String sender, URI to) {
        return List.of(new WebhookRequest("POST", to, Map.of(), recipient + " " + sender));
    }
}
