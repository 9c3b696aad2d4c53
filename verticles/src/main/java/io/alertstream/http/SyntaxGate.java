package io.alertstream.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.alertstream.http.RequestSyntax.Fault;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.HttpServerConnection;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers malformed HTTP: headers that RFC 9112 requires to be refused, or a body that can't be read, such as one
 * with broken chunks. Vert.x would close the connection without an answer, or accept the request. Sits before
 * Vert.x's handler on one connection, and preserves the order of requests: those before the malformed one are
 * answered first.
 */
@SuppressWarnings(
        "FutureReturnValueIgnored") // Netty gives back what was passed in, and a closed connection is no failure.
public final class SyntaxGate extends ChannelDuplexHandler {

    private static final Logger LOG = LoggerFactory.getLogger(SyntaxGate.class);

    /** Time for the client to read the answer before its remaining data resets the connection. */
    private static final long LINGER_SECONDS = 2;

    private static final int RETRY_SECONDS = 5;
    private static final String NAME = "syntax";

    private final HttpServerOptions limits;
    private final Refusal refusal;
    private State state = new Open();
    /** Requests passed to Vert.x whose answers haven't ended. */
    private int waiting;
    /** Whether the answer to the first of them has started. */
    private boolean begun;

    /** How a server formats errors. */
    public interface Refusal {

        /** The answer's media type. */
        String mediaType();

        /** The answer's body. */
        String body(int status, String detail);
    }

    private sealed interface State {}

    private record Open() implements State {}

    /** The first request will be refused, whatever it is. */
    private record Unwanted(Fault fault) implements State {}

    /**
     * A fault was found; nothing more is read.
     *
     * @param own whether the faulty request was passed to Vert.x: then it is the last of those waiting
     */
    private record Faulty(Fault fault, boolean own, boolean head) implements State {}

    private record Closing() implements State {}

    private SyntaxGate(HttpServerOptions limits, Refusal refusal) {
        this.limits = limits;
        this.refusal = refusal;
    }

    /** Installs a gate on a new connection. */
    public static SyntaxGate install(HttpConnection connection, HttpServerOptions limits, Refusal refusal) {
        ChannelHandlerContext vertx = ((HttpServerConnection) connection).channelHandlerContext();
        SyntaxGate gate = new SyntaxGate(limits, refusal);
        vertx.pipeline().addBefore(vertx.name(), NAME, gate);
        return gate;
    }

    /**
     * Refuses the first request on a new connection and closes the connection: after the answer, or if no request
     * arrives in time. Call it on the connection's event loop.
     */
    public void turnAway(HttpConnection connection, int status, String detail) {
        state = new Unwanted(new Fault(status, detail));
        ChannelHandlerContext context = ((HttpServerConnection) connection)
                .channelHandlerContext()
                .pipeline()
                .context(this);
        context.executor().schedule(() -> context.close(), LINGER_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (state instanceof Unwanted unwanted && message instanceof HttpRequest request) {
            refuse(context, request, unwanted.fault());
        } else if (!(state instanceof Open)) {
            ReferenceCountUtil.release(message);
        } else if (message instanceof HttpRequest request) {
            head(context, request);
        } else if (message instanceof HttpContent content
                && content.decoderResult().isFailure()) {
            content.release();
            state = new Faulty(
                    new Fault(400, "malformed body: expected chunks, as Transfer-Encoding says"), true, false);
            refuse(context);
        } else {
            context.fireChannelRead(message);
        }
    }

    /** Vert.x closes the connection and logs only the message, which would hide that memory has run out. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof Error || cause.getCause() instanceof Error) {
            LOG.error("connection failed and closed", cause);
        }
        context.fireExceptionCaught(cause);
    }

    private void head(ChannelHandlerContext context, HttpRequest request) {
        Optional<Fault> fault =
                RequestSyntax.fault(request, limits.getMaxInitialLineLength(), limits.getMaxHeaderSize());
        if (fault.isEmpty()) {
            waiting++;
            context.fireChannelRead(request);
        } else {
            refuse(context, request, fault.get());
        }
    }

    private void refuse(ChannelHandlerContext context, HttpRequest request, Fault fault) {
        state = new Faulty(fault, false, request.method().equals(HttpMethod.HEAD));
        ReferenceCountUtil.release(request);
        refuse(context);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (state instanceof Closing) {
            ReferenceCountUtil.release(message);
            promise.tryFailure(new ClosedChannelException());
            return;
        }
        boolean informational = message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        boolean first = message instanceof HttpResponse && !informational;
        boolean last = message instanceof LastHttpContent && !informational;
        context.write(message, promise);
        begun = (begun || first) && !last;
        if (last) {
            waiting--;
            refuse(context);
        }
    }

    /** Sends the refusal as soon as the requests before the faulty one are answered. */
    private void refuse(ChannelHandlerContext context) {
        if (!(state instanceof Faulty faulty) || begun || waiting > (faulty.own() ? 1 : 0)) {
            return;
        }
        state = new Closing();
        // A request that was answered before its body broke needs no second answer.
        boolean answered = waiting == 0 && faulty.own();
        context.writeAndFlush(answered ? Unpooled.EMPTY_BUFFER : answer(faulty)).addListener(sent -> close(context));
    }

    private static void close(ChannelHandlerContext context) {
        if (context.channel() instanceof DuplexChannel socket) {
            socket.shutdownOutput();
        }
        context.executor().schedule(() -> context.close(), LINGER_SECONDS, TimeUnit.SECONDS);
    }

    private FullHttpResponse answer(Faulty faulty) {
        int status = faulty.fault().status();
        ByteBuf body = Unpooled.copiedBuffer(refusal.body(status, faulty.fault().detail()), UTF_8);
        int length = body.readableBytes();
        FullHttpResponse answer = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), faulty.head() ? Unpooled.EMPTY_BUFFER : body);
        answer.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, refusal.mediaType())
                .set(HttpHeaderNames.CONTENT_LENGTH, length)
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        if (status == 503) {
            answer.headers().set(HttpHeaderNames.RETRY_AFTER, RETRY_SECONDS);
        }
        return answer;
    }
}
