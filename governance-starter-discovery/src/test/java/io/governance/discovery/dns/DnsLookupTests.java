// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.dns;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

import io.governance.discovery.Instance;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link DnsLookup}.
 */
class DnsLookupTests {

	private static final DnsServiceName WHERE = new DnsServiceName("orders.example.com", DnsRecords.SRV, 0, false,
			Map.of());

	private final Map<String, Object> answers = new HashMap<>();

	private final Resolver resolver = mock(Resolver.class);

	private final DnsLookup lookup = lookup();

	@Test
	void aTargetThatDoesNotExistIsOneInstanceLess() {
		targets("here", "gone", "empty");
		this.answers.put("here A", "10.0.0.1");
		this.answers.put("gone A", Rcode.NXDOMAIN);
		assertThat(ask().join().instances()).extracting(Instance::host).containsExactly("10.0.0.1");
	}

	@Test
	void withoutAnyTargetThatExistsThereIsNoAnswer() {
		targets("gone");
		this.answers.put("gone A", Rcode.NXDOMAIN);
		assertThat(error()).isInstanceOf(DnsException.class).hasMessage("orders.example.com SRV: no usable record");
	}

	@Test
	void aTargetThatIsNotKnownMayBeThere() {
		targets("here", "silent");
		this.answers.put("here A", "10.0.0.1");
		this.answers.put("silent A", Rcode.SERVFAIL);
		assertThat(error()).isInstanceOf(DnsException.class).hasMessageContaining("no answer");
	}

	private CompletableFuture<DnsAnswer> ask() {
		return this.lookup.ask("orders", WHERE);
	}

	private Throwable error() {
		return ask().handle((answer, error) -> error.getCause()).join();
	}

	private void targets(String... names) {
		this.answers.put("orders SRV", List.of(names));
	}

	private DnsLookup lookup() {
		given(this.resolver.sendAsync(any(Message.class), any(Executor.class)))
			.willAnswer((call) -> answer(call.getArgument(0)));
		given(this.resolver.sendAsync(any(Message.class))).willAnswer((call) -> answer(call.getArgument(0)));
		return new DnsLookup(this.resolver, Runnable::run);
	}

	private CompletionStage<Message> answer(Message query) throws Exception {
		Record question = query.getQuestion();
		String asked = question.getName().toString().replace(".example.com.", "") + " "
				+ Type.string(question.getType());
		Message message = new Message(query.getHeader().getID());
		message.getHeader().setFlag(Flags.QR);
		message.addRecord(question, Section.QUESTION);
		Object answer = this.answers.get(asked);
		if (answer instanceof Integer code) {
			message.getHeader().setRcode(code);
		}
		else if (answer instanceof String address) {
			message.addRecord(new ARecord(question.getName(), DClass.IN, 5, InetAddress.getByName(address)),
					Section.ANSWER);
		}
		else if (answer instanceof List<?> names) {
			for (Object name : names) {
				message.addRecord(new SRVRecord(question.getName(), DClass.IN, 5, 1, 0, 80,
						Name.fromString(name + ".example.com.")), Section.ANSWER);
			}
		}
		return CompletableFuture.completedFuture(message);
	}

}
