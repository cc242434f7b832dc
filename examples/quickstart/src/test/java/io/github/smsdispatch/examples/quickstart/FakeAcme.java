package io.github.smsdispatch.examples.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Acme's API as the README of the custom provider describes it: takes everything and delivers it. */
final class FakeAcme implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final Queue<String> recipients = new ConcurrentLinkedQueue<>();

    FakeAcme() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/messages", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Who got a text, as often as they got one. */
    List<String> recipients() {
        return List.copyOf(recipients);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean sends = exchange.getRequestMethod().equals("POST");
            JsonNode answer = sends ? take(JSON.readTree(exchange.getRequestBody())) : report(exchange);
            byte[] body = JSON.writeValueAsBytes(answer);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(sends ? 202 : 200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private JsonNode take(JsonNode request) {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode results = answer.putArray("results");
        for (JsonNode message : request.path("messages")) {
            recipients.add(message.path("to").asText());
            results.addObject().put("ref", message.path("ref").asText()).put("id", "acme-" + recipients.size());
        }
        return answer;
    }

    private static JsonNode report(HttpExchange exchange) {
        String ids = exchange.getRequestURI().getRawQuery().substring("ids=".length());
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode messages = answer.putArray("messages");
        for (String id : URLDecoder.decode(ids, StandardCharsets.UTF_8).split(",", -1)) {
            messages.addObject().put("id", id).put("status", "delivered");
        }
        return answer;
    }
}
