// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.filter;

import io.governance.discovery.client.MirroredBuffers;
import io.governance.discovery.mirror.Mirroring;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;

/**
 * The body of a request that is shown to its copies while it streams through.
 */
final class MirroredRequestBody extends ServerHttpRequestDecorator {

	private final Mirroring copies;

	private MirroredRequestBody(ServerHttpRequest request, Mirroring copies) {
		super(request);
		this.copies = copies;
	}

	static ServerWebExchange around(ServerWebExchange exchange, Mirroring copies) {
		return exchange.mutate().request(new MirroredRequestBody(exchange.getRequest(), copies)).build();
	}

	@Override
	public Flux<DataBuffer> getBody() {
		return super.getBody().doOnNext((buffer) -> MirroredBuffers.show(buffer, this.copies))
			.doOnComplete(this.copies::complete)
			.doOnError((error) -> this.copies.abandon())
			.doOnCancel(this.copies::abandon);
	}

}
