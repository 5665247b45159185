// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.server;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * What Reactor Netty's server lacks: a bound on its connections (one too many is closed
 * at once), and on the time that a head takes. The latter is for HTTP/1.1; connections
 * that speak HTTP/2 have none. Thread-safe.
 */
public final class NettyConnections {

	private static final String HEAD = "governance.head";

	private static final byte[] TIMEOUT = "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
		.getBytes(US_ASCII);

	private final ServerLimits limits;

	private final AtomicInteger connections = new AtomicInteger();

	/**
	 * Creates the limits of one server.
	 * @param limits the limits
	 */
	public NettyConnections(ServerLimits limits) {
		this.limits = limits;
	}

	/**
	 * Gives them to a server.
	 * @param server the server
	 * @return the server with the limits
	 */
	public HttpServer addTo(HttpServer server) {
		return server.doOnChannelInit((observer, channel, address) -> {
			if (channel != null && count(channel) && !this.limits.headTimeout().isZero()) {
				watch(channel.pipeline());
			}
		});
	}

	private boolean count(Channel channel) {
		if (this.limits.maxConnections() == 0) {
			return true;
		}
		if (this.connections.incrementAndGet() > this.limits.maxConnections()) {
			this.connections.decrementAndGet();
			channel.unsafe().closeForcibly();
			return false;
		}
		channel.closeFuture().addListener((closed) -> this.connections.decrementAndGet());
		return true;
	}

	private void watch(ChannelPipeline pipeline) {
		ChannelHandlerContext codec = pipeline.context(HttpServerCodec.class);
		if (codec != null) {
			HeadWatch watch = new HeadWatch(this.limits.headTimeout().toNanos());
			pipeline.addBefore(codec.name(), HEAD + ".bytes", watch.bytes());
			pipeline.addAfter(codec.name(), HEAD, watch.heads());
		}
		else if (pipeline.get(NettyPipeline.H2OrHttp11Codec) != null) {
			pipeline.addAfter(NettyPipeline.H2OrHttp11Codec, HEAD + ".agreed", whenAgreed());
		}
	}

	/**
	 * With TLS the protocol is agreed on in the handshake, and only then is there a
	 * codec.
	 */
	private ChannelInboundHandlerAdapter whenAgreed() {
		return new ChannelInboundHandlerAdapter() {

			@Override
			public void userEventTriggered(ChannelHandlerContext context, Object event) {
				if (event instanceof SslHandshakeCompletionEvent) {
					context.pipeline().remove(this);
					watch(context.pipeline());
				}
				context.fireUserEventTriggered(event);
			}

		};
	}

	/**
	 * The head that a connection is to bring. Belongs to the connection's event loop.
	 */
	private static final class HeadWatch {

		private final long nanos;

		private boolean expected = true;

		private @Nullable Future<?> timer;

		private HeadWatch(long nanos) {
			this.nanos = nanos;
		}

		private ChannelInboundHandlerAdapter bytes() {
			return new ChannelInboundHandlerAdapter() {

				@Override
				public void channelRead(ChannelHandlerContext context, Object bytes) {
					// after an upgrade to HTTP/2 frames come by
					if (bytes instanceof ByteBuf && HeadWatch.this.expected && HeadWatch.this.timer == null) {
						HeadWatch.this.timer = context.executor()
							.schedule(() -> late(context), HeadWatch.this.nanos, TimeUnit.NANOSECONDS);
					}
					context.fireChannelRead(bytes);
				}

				@Override
				public void channelInactive(ChannelHandlerContext context) {
					stop();
					context.fireChannelInactive();
				}

			};
		}

		private ChannelInboundHandlerAdapter heads() {
			return new ChannelInboundHandlerAdapter() {

				@Override
				public void channelRead(ChannelHandlerContext context, Object part) {
					if (part instanceof HttpRequest) {
						stop();
						HeadWatch.this.expected = false;
					}
					if (part instanceof LastHttpContent) {
						HeadWatch.this.expected = true;
					}
					context.fireChannelRead(part);
				}

			};
		}

		private void stop() {
			if (this.timer != null) {
				this.timer.cancel(false);
				this.timer = null;
			}
		}

		private void late(ChannelHandlerContext context) {
			context.writeAndFlush(Unpooled.wrappedBuffer(TIMEOUT)).addListener(ChannelFutureListener.CLOSE);
		}

	}

}
