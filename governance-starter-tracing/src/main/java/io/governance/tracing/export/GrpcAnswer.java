// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Reads the status of a gRPC call from the trailers, or from the headers of an answer
 * that has nothing else, and the response from the one message of the body.
 */
final class GrpcAnswer implements AsyncResponseConsumer<GrpcStatus> {

	private static final String CODE = "grpc-status";

	private static final int PREFIX = 5;

	private static final String MESSAGE = "grpc-message";

	private @Nullable FutureCallback<GrpcStatus> callback;

	private final BoundedBody body = new BoundedBody();

	private int http;

	private @Nullable String code;

	private @Nullable String message;

	@Override
	public void consumeResponse(HttpResponse response, @Nullable EntityDetails body, HttpContext context,
			FutureCallback<GrpcStatus> callback) {
		this.callback = callback;
		this.http = response.getCode();
		read(List.of(response.getHeaders()));
		if (body == null) {
			complete();
		}
	}

	@Override
	public void informationResponse(HttpResponse response, HttpContext context) {
		// nothing to do before the answer
	}

	@Override
	public void updateCapacity(CapacityChannel capacity) throws IOException {
		capacity.update(Integer.MAX_VALUE);
	}

	@Override
	public void consume(ByteBuffer part) {
		this.body.keep(part);
	}

	@Override
	public void streamEnd(@Nullable List<? extends Header> trailers) {
		if (trailers != null) {
			read(trailers);
		}
		complete();
	}

	private void read(List<? extends Header> headers) {
		for (Header header : headers) {
			if (CODE.equalsIgnoreCase(header.getName())) {
				this.code = header.getValue();
			}
			else if (MESSAGE.equalsIgnoreCase(header.getName())) {
				this.message = header.getValue();
			}
		}
	}

	private void complete() {
		FutureCallback<GrpcStatus> waiting = this.callback;
		if (waiting != null) {
			waiting.completed(new GrpcStatus(this.http, this.code, this.message, refused(this.body.bytes())));
		}
	}

	private static PartialSuccess refused(byte[] framed) {
		// not compressed, as the request does not say that it may be
		return (framed.length > PREFIX && framed[0] == 0)
				? PartialSuccess.read(ByteBuffer.wrap(framed, PREFIX, framed.length - PREFIX))
				: PartialSuccess.ALL_TAKEN;
	}

	@Override
	public void failed(Exception cause) {
		// the future fails with it
	}

	@Override
	public void releaseResources() {
		this.callback = null;
	}

}
