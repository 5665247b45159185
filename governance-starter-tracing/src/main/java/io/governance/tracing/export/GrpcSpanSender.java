// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import javax.net.ssl.SSLParameters;

import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http.protocol.DefaultHttpProcessor;
import org.apache.hc.core5.http.protocol.RequestUserAgent;
import org.apache.hc.core5.http2.config.H2Config;
import org.apache.hc.core5.http2.impl.nio.bootstrap.H2MultiplexingRequester;
import org.apache.hc.core5.http2.impl.nio.bootstrap.H2MultiplexingRequesterBootstrap;
import org.apache.hc.core5.http2.protocol.H2RequestContent;
import org.apache.hc.core5.http2.protocol.H2RequestTargetHost;
import org.apache.hc.core5.http2.ssl.H2ClientTlsStrategy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.reactor.IOReactorShutdownException;
import org.apache.hc.core5.reactor.IOReactorStatus;
import org.apache.hc.core5.ssl.SSLContexts;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Makes one unary gRPC call per message, over HTTP/2: in clear text with prior knowledge,
 * over TLS with ALPN. A gRPC message is a byte that says whether it is compressed, its
 * length in four bytes and the message; how the call went stands in the trailers.
 */
final class GrpcSpanSender implements SpanSender {

	private static final String METHOD = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

	private static final int PREFIX = 5;

	private final ExportSettings.Connection connection;

	private final HttpHost target;

	private final Supplier<H2MultiplexingRequester> requesters;

	private H2MultiplexingRequester requester;

	GrpcSpanSender(ExportSettings.Connection connection) {
		this(connection, () -> requester(connection));
	}

	GrpcSpanSender(ExportSettings.Connection connection, Supplier<H2MultiplexingRequester> requesters) {
		this.connection = connection;
		this.target = target(connection.endpoint());
		this.requesters = requesters;
		this.requester = requesters.get();
	}

	static H2MultiplexingRequester requester(ExportSettings.Connection connection) {
		H2MultiplexingRequester requester = H2MultiplexingRequesterBootstrap.bootstrap()
			.setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(1).build())
			.setH2Config(H2Config.custom().setPushEnabled(false).build())
			// without "expect: 100-continue", which gRPC servers do not know
			.setHttpProcessor(new DefaultHttpProcessor(H2RequestContent.INSTANCE, H2RequestTargetHost.INSTANCE,
					new RequestUserAgent("governance")))
			.setTlsStrategy(tls(connection))
			.setStrictALPNHandshake(true)
			.create();
		requester.setValidateAfterInactivity(TimeValue.ofSeconds(5));
		requester.start();
		return requester;
	}

	private static HttpHost target(URI endpoint) {
		int port = endpoint.getPort();
		if (port == -1) {
			port = "https".equals(endpoint.getScheme()) ? 443 : 80;
		}
		return new HttpHost(endpoint.getScheme(), endpoint.getHost(), port);
	}

	private static H2ClientTlsStrategy tls(ExportSettings.Connection connection) {
		return new H2ClientTlsStrategy(
				(connection.ssl() != null) ? connection.ssl() : SSLContexts.createSystemDefault(),
				(endpoint, engine) -> {
					SSLParameters parameters = engine.getSSLParameters();
					parameters.setEndpointIdentificationAlgorithm("HTTPS");
					engine.setSSLParameters(parameters);
				}, null);
	}

	@Override
	public PartialSuccess send(byte[] message) throws SendException, InterruptedException {
		reopen();
		boolean compressed = this.connection.compression() && Gzip.isWorthwhile(message);
		BasicHttpRequest request = request(compressed);
		byte[] framed = frame(compressed ? Gzip.compress(message) : message, compressed);
		Future<GrpcStatus> answer = execute(request, framed);
		try {
			return answer.get(this.connection.timeout().toMillis(), TimeUnit.MILLISECONDS).check();
		}
		catch (TimeoutException ex) {
			// the connection may lead nowhere: the next call makes a new one
			this.requester.closeIdle(TimeValue.ZERO_MILLISECONDS);
			throw new SendException("no answer within " + this.connection.timeout().toMillis() + "ms", true);
		}
		catch (ExecutionException ex) {
			throw SendException.of((ex.getCause() != null) ? ex.getCause() : ex);
		}
		finally {
			answer.cancel(true);
		}
	}

	/**
	 * A requester whose thread has ended, as by an error, never works again.
	 */
	private void reopen() {
		if (this.requester.getStatus().compareTo(IOReactorStatus.ACTIVE) > 0) {
			close();
			this.requester = this.requesters.get();
		}
	}

	private Future<GrpcStatus> execute(BasicHttpRequest request, byte[] framed) throws SendException {
		try {
			return this.requester.execute(this.target,
					new BasicRequestProducer(request,
							new BasicAsyncEntityProducer(framed, ContentType.create("application/grpc"))),
					new GrpcAnswer(), null, Timeout.of(this.connection.connectTimeout()), null, null);
		}
		catch (IOReactorShutdownException ex) {
			throw SendException.of(ex);
		}
	}

	private BasicHttpRequest request(boolean compressed) {
		BasicHttpRequest request = new BasicHttpRequest("POST", this.target, METHOD);
		request.setHeader("te", "trailers");
		request.setHeader("grpc-timeout", this.connection.timeout().toMillis() + "m");
		if (compressed) {
			request.setHeader("grpc-encoding", "gzip");
		}
		this.connection.headers().forEach(request::setHeader);
		return request;
	}

	private static byte[] frame(byte[] message, boolean compressed) {
		return ByteBuffer.allocate(PREFIX + message.length)
			.put((byte) (compressed ? 1 : 0))
			.putInt(message.length)
			.put(message)
			.array();
	}

	@Override
	public void close() {
		this.requester.close(CloseMode.IMMEDIATE);
	}

}
