// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.server;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpCookie;
import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.SslInfo;
import org.springframework.util.MultiValueMap;

/**
 * Limits request bodies in a reactive server, forms and uploads included: they are
 * counted while they are read. Time in which nobody asks for more does not count.
 * Thread-safe.
 */
public final class BodyLimitHandlers implements HttpHandlerDecoratorFactory {

	private static final Duration TICK = Duration.ofSeconds(1);

	private final ServerLimits limits;

	private final TimeSource time;

	/**
	 * Creates the decorators.
	 * @param limits the limits
	 * @param time the clock
	 */
	public BodyLimitHandlers(ServerLimits limits, TimeSource time) {
		this.limits = limits;
		this.time = time;
	}

	@Override
	public HttpHandler apply(HttpHandler handler) {
		return (request, response) -> handler.handle(hasBody(request) ? new LimitedRequest(request) : request,
				response);
	}

	private static boolean hasBody(ServerHttpRequest request) {
		return request.getHeaders().getContentLength() > 0
				|| request.getHeaders().getFirst("Transfer-Encoding") != null;
	}

	/**
	 * No decorator: an exchange lends its attributes to requests of this base alone, and
	 * whoever is asked before there is an exchange keeps something there.
	 */
	private final class LimitedRequest extends AbstractServerHttpRequest {

		private final ServerHttpRequest delegate;

		private LimitedRequest(ServerHttpRequest request) {
			super(request.getMethod(), request.getURI(), request.getPath().contextPath().value(), request.getHeaders());
			this.delegate = request;
		}

		@Override
		protected String initId() {
			return this.delegate.getId();
		}

		@Override
		protected MultiValueMap<String, HttpCookie> initCookies() {
			return this.delegate.getCookies();
		}

		@Override
		protected @Nullable SslInfo initSslInfo() {
			return this.delegate.getSslInfo();
		}

		@Override
		public @Nullable InetSocketAddress getLocalAddress() {
			return this.delegate.getLocalAddress();
		}

		@Override
		public @Nullable InetSocketAddress getRemoteAddress() {
			return this.delegate.getRemoteAddress();
		}

		@Override
		public <T> T getNativeRequest() {
			return ServerHttpRequestDecorator.getNativeRequest(this.delegate);
		}

		@Override
		public Flux<DataBuffer> getBody() {
			ServerLimits all = BodyLimitHandlers.this.limits;
			if (all.isTooLarge(getHeaders().getContentLength())) {
				return Flux.error(ServerLimits::tooLarge);
			}
			return Flux.defer(() -> limited(new BodyMeter(all, BodyLimitHandlers.this.time)));
		}

		private Flux<DataBuffer> limited(BodyMeter meter) {
			Demand demand = new Demand(meter);
			Flux<DataBuffer> body = this.delegate.getBody()
				.doOnRequest(demand::asked)
				.<DataBuffer>handle((buffer, sink) -> {
					try {
						demand.came(buffer.readableByteCount());
						sink.next(buffer);
					}
					catch (RuntimeException ex) {
						DataBufferUtils.release(buffer);
						sink.error(ex);
					}
				});
			return (BodyLimitHandlers.this.limits.minBodyRate() > 0) ? body.takeUntilOther(late(meter)) : body;
		}

		private Flux<Void> late(BodyMeter meter) {
			return Flux.interval(BodyLimitHandlers.this.limits.bodyGrace().plus(TICK), TICK)
				.concatMap((tick) -> Mono.fromRunnable(meter::check));
		}

	}

	/**
	 * How many buffers the reader asked for and did not get yet: the meter runs while
	 * there are any.
	 */
	private static final class Demand {

		private final BodyMeter meter;

		private final AtomicLong open = new AtomicLong();

		Demand(BodyMeter meter) {
			this.meter = meter;
		}

		void asked(long buffers) {
			if (this.open.getAndAccumulate(buffers, Operators::addCap) == 0) {
				this.meter.begin();
			}
		}

		void came(int bytes) {
			this.meter.end(bytes);
			if (this.open.updateAndGet((count) -> (count == Long.MAX_VALUE) ? count : count - 1) > 0) {
				this.meter.begin();
			}
		}

	}

}
