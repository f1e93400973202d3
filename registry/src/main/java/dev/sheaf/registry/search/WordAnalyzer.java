package dev.sheaf.registry.search;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// Gives the index the words that [Words] finds. Between lines there is a gap, so that no phrase
/// reaches over it; a line of one name with several words is found as one word too.
final class WordAnalyzer extends Analyzer {
    static final int GAP_WORDS = 100;

    @Override
    protected TokenStreamComponents createComponents(String field) {
        return new TokenStreamComponents(new WordTokens());
    }

    private record Token(String text, int step) {}

    private static final class WordTokens extends Tokenizer {
        private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
        private final PositionIncrementAttribute step =
                addAttribute(PositionIncrementAttribute.class);
        private Iterator<Token> tokens = List.<Token>of().iterator();
        private boolean isRead;

        @Override
        public boolean incrementToken() throws IOException {
            if (!isRead) {
                tokens = read().iterator();
                isRead = true;
            }
            clearAttributes();
            if (!tokens.hasNext()) {
                return false;
            }
            Token token = tokens.next();
            term.append(token.text());
            step.setPositionIncrement(token.step());
            return true;
        }

        private List<Token> read() throws IOException {
            StringBuilder text = new StringBuilder();
            char[] part = new char[1024];
            for (int count = input.read(part); count >= 0; count = input.read(part)) {
                text.append(part, 0, count);
            }
            List<Token> found = new ArrayList<>();
            for (String line : text.toString().split("\n", -1)) {
                int gap = found.isEmpty() ? 1 : GAP_WORDS;
                List<Word> words = Words.of(line);
                for (int i = 0; i < words.size(); i++) {
                    found.add(new Token(words.get(i).text(), i == 0 ? gap : 1));
                }
                if (words.size() > 1 && line.indexOf(' ') < 0) {
                    found.add(new Token(Words.joined(words), 0));
                }
            }
            return found;
        }

        @Override
        public void reset() throws IOException {
            super.reset();
            isRead = false;
        }
    }
}
