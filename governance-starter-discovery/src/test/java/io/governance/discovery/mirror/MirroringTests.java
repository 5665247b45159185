// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.mirror;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.governance.selection.Copy;
import io.governance.selection.Copy.Loss;
import io.governance.selection.Destination;
import io.governance.selection.Destination.HeaderChanges;
import io.governance.selection.Destination.Subset;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Mirroring}.
 */
class MirroringTests {

	private final List<String> sent = new ArrayList<>();

	private final List<Loss> losses = new ArrayList<>();

	private int released;

	private final MirroredRequest request = new MirroredRequest("POST", (instance) -> URI.create("http://orders/"),
			new HttpHeaders());

	@Test
	void theCopiesGoOutOnceWithTheWholeBody() {
		Mirroring copies = mirroring(10);
		write(copies, "half");
		write(copies, "half");
		assertThat(this.sent).isEmpty();
		copies.complete();
		copies.complete();
		copies.abandon();
		assertThat(this.sent).containsExactly("halfhalf");
		assertThat(this.released).isZero();
		assertThat(copies.isWanted()).isFalse();
	}

	@Test
	void aBodyBeyondTheLimitIsLost() {
		Mirroring copies = mirroring(7);
		write(copies, "half");
		write(copies, "half");
		copies.complete();
		assertThat(this.sent).isEmpty();
		assertThat(this.losses).containsExactly(Loss.TOO_LARGE);
	}

	@Test
	void eachCopyHasALimitOfItsOwn() {
		Mirroring copies = mirroring(3, 4);
		write(copies, "half");
		copies.complete();
		assertThat(this.sent).containsExactly("half");
		assertThat(this.losses).containsExactly(Loss.TOO_LARGE);
	}

	@Test
	void aBodyThatBreaksOffIsLost() {
		Mirroring copies = mirroring(10);
		write(copies, "half");
		copies.abandon();
		copies.complete();
		assertThat(this.sent).isEmpty();
		assertThat(this.losses).containsExactly(Loss.UNFINISHED);
		assertThat(this.released).isEqualTo(1);
	}

	@Test
	void whatDescribesTheBodyIsTakenOverUnlessItIsThere() {
		HttpHeaders written = new HttpHeaders();
		written.add("content-type", "text/plain");
		written.add("x-of-the-route", "yes");
		mirroring(10).describe(written);
		written.set("content-type", "text/html");
		mirroring(10).describe(written);
		assertThat(this.request.headers().toSingleValueMap()).isEqualTo(Map.of("Content-Type", "text/plain"));
	}

	private static void write(Mirroring copies, String text) {
		copies.write(text.getBytes(), 0, text.length());
	}

	private Mirroring mirroring(long... limits) {
		List<Copy> copies = new ArrayList<>();
		for (long limit : limits) {
			copies.add(new Copy("shadow", new Destination("mirror/test", Subset.ALL, HeaderChanges.NONE, () -> {
			}), limit, this::ended));
		}
		return new Mirroring(this.request, copies, (copy, body) -> this.sent.add(new String(body)));
	}

	private void ended(Loss loss) {
		this.released++;
		if (loss != null) {
			this.losses.add(loss);
		}
	}

}
