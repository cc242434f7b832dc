package io.github.smsdispatch.testkit.provider;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** How the server plays each fault. */
final class FaultScripts {
    /** How a provider's server says yes to a request. */
    private final Function<ApiCall, ApiReply> yes;

    FaultScripts(Function<ApiCall, ApiReply> yes) {
        this.yes = yes;
    }

    /** Says yes and keeps the connection. */
    FaultServer.Script accept() {
        return answering(yes);
    }

    /** Gives a well-formed answer and keeps the connection. */
    static FaultServer.Script answering(Function<ApiCall, ApiReply> answers) {
        return (socket, call) -> {
            FaultServer.write(socket, answer(answers.apply(call)));
            return true;
        };
    }

    /** Gives this answer, byte by byte as it is. */
    static FaultServer.Script answering(int status, String contentType, byte[] body) {
        return (socket, call) -> {
            String head = head(status, contentType, body.length, "");
            var whole = new ByteArrayOutputStream();
            whole.writeBytes(head.getBytes(StandardCharsets.UTF_8));
            whole.writeBytes(body);
            socket.getOutputStream().write(whole.toByteArray());
            socket.getOutputStream().flush();
            return true;
        };
    }

    /** Says yes, keeps the client believing in the connection, and closes it. */
    FaultServer.Script acceptThenClose(CountDownLatch closed) {
        return (socket, call) -> {
            FaultServer.write(socket, answer(yes.apply(call)));
            socket.close();
            closed.countDown();
            return false;
        };
    }

    FaultServer.Script of(HandOverFault fault) {
        return switch (fault) {
            case CLOSE_ON_ACCEPT -> new Unread(false);
            case CLOSE_POOLED_AT_FIRST_BYTE -> new Unread(true);
            case CLOSE_POOLED_AFTER_REQUEST, CLOSE_AFTER_REQUEST -> (socket, call) -> false;
            case RESET_AFTER_REQUEST ->
                (socket, call) -> {
                    socket.setSoLinger(true, 0);
                    return false;
                };
            case CLOSE_IN_HEADERS -> (socket, call) -> cut(socket, call, Cut.HEADERS, true);
            case CLOSE_IN_BODY -> (socket, call) -> cut(socket, call, Cut.BODY, true);
            case STALL_BEFORE_ANSWER -> (socket, call) -> true;
            case STALL_IN_HEADERS -> (socket, call) -> cut(socket, call, Cut.HEADERS, false);
            case STALL_IN_BODY -> (socket, call) -> cut(socket, call, Cut.BODY, false);
            case NO_HTTP -> raw("220 mail.example ESMTP\r\n");
            case SUCCESS_EMPTY -> success("");
            case SUCCESS_GARBAGE -> success("<html><body>It works!</body></html>");
            case SUCCESS_OTHER_SHAPE -> success("{\"ok\":true,\"messages\":{},\"sid\":[]}");
            case SUCCESS_HUGE ->
                (socket, call) -> {
                    ApiReply reply = yes.apply(call);
                    String padded = reply.body() + " ".repeat(2 * 1024 * 1024);
                    FaultServer.write(socket, answer(new ApiReply(reply.status(), reply.contentType(), padded)));
                    return true;
                };
            case STATUS_204 -> raw("HTTP/1.1 204 No Content\r\n\r\n");
            case STATUS_307 -> raw(answer(307, "Location: /again\r\n", ""));
            case STATUS_308 -> raw(answer(308, "Location: /again\r\n", ""));
            case STATUS_401 -> raw(answer(401, "WWW-Authenticate: Basic realm=\"api\"\r\n", "{}"));
            case STATUS_403 -> raw(answer(403, "", "{}"));
            case STATUS_408 -> raw(answer(408, "", ""));
            case STATUS_421 -> raw(answer(421, "", ""));
            case STATUS_429 -> raw(answer(429, "Retry-After: 7\r\n", "{}"));
            case STATUS_500 -> raw(answer(500, "", "{\"code\":20500,\"status\":500}"));
            case STATUS_502 -> raw(answer(502, "", "<html>Bad Gateway</html>"));
            case STATUS_503 -> raw(answer(503, "", "{}"));
            case STATUS_503_RETRY_NOW -> raw(answer(503, "Retry-After: 0\r\n", "{}"));
            case STATUS_503_RETRY_LATER -> raw(answer(503, "Retry-After: 1\r\n", "{}"));
            case STATUS_504 -> raw(answer(504, "", ""));
            case CONNECTION_REFUSED, UNKNOWN_HOST, TLS_FAILURE, CLOSE_WHILE_POOLED ->
                throw new IllegalArgumentException(fault + " is not played by answering");
        };
    }

    /** Closes before a request is read. */
    private record Unread(boolean takesConnections) implements FaultServer.Script {
        @Override
        public boolean readsOn() {
            return false;
        }

        @Override
        public boolean answer(Socket socket, ApiCall call) {
            throw new IllegalStateException("nothing was to be read");
        }
    }

    private enum Cut {
        HEADERS,
        BODY
    }

    private boolean cut(Socket socket, ApiCall call, Cut where, boolean close) throws IOException {
        String whole = answer(yes.apply(call));
        int headersEnd = whole.indexOf("\r\n\r\n") + 4;
        int at = where == Cut.HEADERS ? headersEnd - 8 : (headersEnd + whole.length()) / 2;
        FaultServer.write(socket, whole.substring(0, at));
        return !close; // an open connection that says no more is a stall
    }

    private FaultServer.Script success(String body) {
        return answering(call -> {
            ApiReply reply = yes.apply(call);
            return new ApiReply(reply.status(), reply.contentType(), body);
        });
    }

    private static FaultServer.Script raw(String text) {
        return (socket, call) -> {
            FaultServer.write(socket, text);
            return true;
        };
    }

    private static String answer(ApiReply reply) {
        int length = reply.body().getBytes(StandardCharsets.UTF_8).length;
        return head(reply.status(), reply.contentType(), length, "") + reply.body();
    }

    private static String answer(int status, String headers, String body) {
        return head(status, "application/json", body.getBytes(StandardCharsets.UTF_8).length, headers) + body;
    }

    private static String head(int status, String contentType, int length, String headers) {
        return "HTTP/1.1 " + status + " Said by the test\r\nContent-Type: " + contentType + "\r\nContent-Length: "
                + length + "\r\n" + headers + "\r\n";
    }
}
