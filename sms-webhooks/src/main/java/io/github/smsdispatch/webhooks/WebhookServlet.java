package io.github.smsdispatch.webhooks;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Receives webhooks in a container for Jakarta Servlet 6.0 or later. To be mapped to a path with an asterisk, such as
 * {@code /hooks/*}, and without a filter in front of it that reads the parameters: those are in the body, which is needed
 * as it came in.
 *
 * <p>What is in the path and how it answers: see {@link WebhookHttpHandler}. How long a client may take is for the
 * container to decide; all have an idle timeout. Thread-safe.
 */
public final class WebhookServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Desk desk;

    /** Receives for providers that reach this server without a proxy between. */
    public WebhookServlet(WebhookReceiver receiver) {
        this(receiver, WebhookOptions.defaults());
    }

    /** Receives with options. */
    public WebhookServlet(WebhookReceiver receiver, WebhookOptions options) {
        this.desk = new Desk(receiver, options);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Answer answer = desk.answer(call(request));
        // Not sendError: that would add a page of the container's, which may show the path.
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        response.setContentLength(answer.body().length);
        response.getOutputStream().write(answer.body());
    }

    private static Call call(HttpServletRequest request) throws IOException {
        Map<String, List<String>> headers = new TreeMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name, Collections.list(request.getHeaders(name)));
        }
        String host = request.getHeader("Host");
        return new Call(
                request.getMethod(),
                request.getScheme(),
                host == null ? authority(request.getScheme(), request.getServerName(), request.getServerPort()) : host,
                request.getContextPath() + request.getServletPath(),
                request.getRequestURI(),
                request.getQueryString(),
                headers,
                request.getContentLengthLong(),
                request.getInputStream());
    }

    /** As a client would write it: without the scheme's own port. */
    static String authority(String scheme, String host, int port) {
        boolean usual = port == (scheme.equals("https") ? 443 : 80);
        return usual ? host : host + ":" + port;
    }
}
