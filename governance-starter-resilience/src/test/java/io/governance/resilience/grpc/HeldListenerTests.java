// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.grpc;

import java.util.ArrayList;
import java.util.List;

import io.grpc.ServerCall;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HeldListenerTests {

	private final List<String> seen = new ArrayList<>();

	private final HeldListener<String> held = new HeldListener<>(() -> this.seen.add("gone"));

	private final ServerCall.Listener<String> handler = new ServerCall.Listener<>() {

		@Override
		public void onMessage(String message) {
			HeldListenerTests.this.seen.add(message);
		}

		@Override
		public void onHalfClose() {
			HeldListenerTests.this.seen.add("half-close");
		}

		@Override
		public void onCancel() {
			HeldListenerTests.this.seen.add("cancel");
		}

	};

	@Test
	void whatComesBeforeTheCallIsLetInIsToldInOrder() {
		assertThat(this.held.listener()).isSameAs(this.held);
		this.held.onMessage("one");
		this.held.onHalfClose();
		assertThat(this.seen).isEmpty();
		this.held.start(() -> this.handler);
		assertThat(this.seen).containsExactly("one", "half-close");
		assertThat(this.held.listener()).isSameAs(this.handler);
	}

	@Test
	void afterThatItIsPassedOn() {
		this.held.start(() -> this.handler);
		this.held.onMessage("one");
		this.held.onCancel();
		assertThat(this.seen).containsExactly("one", "cancel");
	}

	@Test
	void aClientThatGoesBeforeIsToldAtOnce() {
		this.held.onCancel();
		assertThat(this.seen).containsExactly("gone");
		this.held.start(() -> this.handler);
		assertThat(this.seen).containsExactly("gone", "cancel");
	}

	@Test
	void whatComesWhileItIsLetInKeepsItsPlace() {
		this.held.onMessage("one");
		this.held.start(() -> {
			this.held.onMessage("two");
			return this.handler;
		});
		assertThat(this.seen).containsExactly("one", "two");
	}

}
