-- The programs of the in-house system as stored procedures of MariaDB; two dollars on a line part the statements.
-- Null leaves a column as it is, and a blank text empties it. Each answers with a number, a text and a key:
-- 0 done, 10 not there, 20 refused, 30 in use, 40 changed since it was seen, 50 written before under this reference.

CREATE OR REPLACE FUNCTION FN_CELULA(v TEXT CHARACTER SET utf8mb4) RETURNS TEXT CHARACTER SET utf8mb4 DETERMINISTIC
RETURN COALESCE(CONCAT(CHAR_LENGTH(v), ':', v), '~')
$$
-- The state of a record as a digest of its cells: see sandbox.inhouse.versions
CREATE OR REPLACE FUNCTION FN_VERSAO(tabela VARCHAR(30), chave VARCHAR(30)) RETURNS VARCHAR(64) READS SQL DATA
BEGIN
  DECLARE cells, itens MEDIUMTEXT CHARACTER SET utf8mb4;
  IF tabela = 'FORNECEDORES' THEN
    SELECT CONCAT(FN_CELULA(COD), FN_CELULA(NOME), FN_CELULA(FANTASIA), FN_CELULA(CPF_CNPJ), FN_CELULA(ENDERECO),
        FN_CELULA(CIDADE), FN_CELULA(UF), FN_CELULA(CEP), FN_CELULA(PAIS), FN_CELULA(EMAIL), FN_CELULA(BANCO),
        FN_CELULA(AGENCIA), FN_CELULA(CONTA), FN_CELULA(IBAN), FN_CELULA(SITUACAO))
      INTO cells FROM FORNECEDORES WHERE COD = chave LIMIT 1 FOR UPDATE;
  ELSE
    SELECT CONCAT(FN_CELULA(NUMERO), FN_CELULA(COD_FORN), FN_CELULA(DT_EMISSAO), FN_CELULA(MOEDA), FN_CELULA(STATUS),
        FN_CELULA(REF), FN_CELULA(DT_INI), FN_CELULA(DT_FIM), FN_CELULA(EXCLUIDO))
      INTO cells FROM PEDIDOS WHERE NUMERO = chave LIMIT 1 FOR UPDATE;
    SELECT GROUP_CONCAT(FN_CELULA(SEQ), FN_CELULA(PRODUTO), FN_CELULA(DESCRICAO), FN_CELULA(UNID), FN_CELULA(QTD),
        FN_CELULA(QTD_REC), FN_CELULA(QTD_FAT), FN_CELULA(PRECO), FN_CELULA(FATOR), FN_CELULA(TOTAL),
        FN_CELULA(DT_ENTREGA), FN_CELULA(SIT) ORDER BY SEQ SEPARATOR '')
      INTO itens FROM PEDIDOS_ITENS WHERE NUMERO = chave;
    SET cells = CONCAT(cells, itens);
  END IF;
  RETURN SHA2(cells, 256);
END
$$
-- A number as a text with a decimal comma, and back
CREATE OR REPLACE FUNCTION FN_NUMERO(v VARCHAR(255)) RETURNS DECIMAL(30, 6) DETERMINISTIC
RETURN CAST(REPLACE(REPLACE(v, '.', ''), ',', '.') AS DECIMAL(30, 6))
$$
CREATE OR REPLACE FUNCTION FN_TOTAL(qtd VARCHAR(255), preco VARCHAR(255), fator INT, moeda VARCHAR(255))
RETURNS VARCHAR(255) DETERMINISTIC
RETURN REPLACE(CAST(CASE moeda
    WHEN 'JPY' THEN ROUND(FN_NUMERO(qtd) * FN_NUMERO(preco) / fator, 0)
    WHEN 'KWD' THEN ROUND(FN_NUMERO(qtd) * FN_NUMERO(preco) / fator, 3)
    ELSE ROUND(FN_NUMERO(qtd) * FN_NUMERO(preco) / fator, 2) END AS CHAR), '.', ',')
$$
-- What comes before every write: the day, the reference, who edits the record, and whether it is as it was seen
CREATE OR REPLACE PROCEDURE SP_ENTRADA(p_ref VARCHAR(12), p_tabela VARCHAR(30), p_chave VARCHAR(30),
  p_vista VARCHAR(64), OUT segue BOOLEAN, OUT ret INT, OUT msg VARCHAR(255), OUT chave VARCHAR(30))
entrada: BEGIN
  DECLARE dia, quem VARCHAR(30) CHARACTER SET utf8mb4;
  DECLARE versao VARCHAR(64);
  START TRANSACTION;
  SET segue = FALSE, ret = 0;
  SET dia = (SELECT VALOR FROM PARAMETROS WHERE NOME = 'DIA');
  IF dia = 'IMPASSE' THEN
    SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213, MESSAGE_TEXT = 'Deadlock found when trying to get lock';
  END IF;
  IF dia = 'DEFEITO' THEN
    SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 1030, MESSAGE_TEXT = 'Got error 122 from storage engine';
  END IF;
  SET chave = (SELECT r.`key` FROM acl_ref r WHERE r.id = p_ref LIMIT 1 FOR UPDATE);
  IF chave IS NOT NULL THEN SET ret = 50, msg = 'JA LANCADO'; LEAVE entrada; END IF;
  IF dia = 'FECHADO' THEN SET ret = 20, msg = 'PERIODO FECHADO'; LEAVE entrada; END IF;
  SET quem = (SELECT USUARIO FROM TRAVAS WHERE TABELA = '*' OR (TABELA = p_tabela AND CHAVE = p_chave) LIMIT 1);
  IF quem IS NOT NULL THEN SET ret = 30, msg = CONCAT('EM USO POR ', quem); LEAVE entrada; END IF;
  IF p_chave IS NOT NULL THEN
    SET versao = FN_VERSAO(p_tabela, p_chave);
    IF versao IS NULL THEN SET ret = 10, msg = CONCAT('NAO EXISTE ', p_chave); LEAVE entrada; END IF;
    IF NOT versao <=> p_vista THEN SET ret = 40, msg = 'ALTERADO DESDE A CONSULTA'; LEAVE entrada; END IF;
  END IF;
  SET chave = p_chave;
  IF dia = 'FINGE' THEN SET chave = COALESCE(p_chave, '99999998'); LEAVE entrada; END IF;
  IF dia = 'ERRO' THEN SET msg = 'ERRO 1003: TABELA CHEIA', chave = NULL; LEAVE entrada; END IF;
  IF dia = 'AVISO' THEN SET msg = 'AVISO: IMPRESSORA SEM PAPEL'; END IF;
  SET segue = TRUE;
END
$$
-- What comes after every write, in its transaction: the reference, and the sandbox's own book
CREATE OR REPLACE PROCEDURE SP_SAIDA(p_ref VARCHAR(12), p_tabela VARCHAR(30), p_chave VARCHAR(30))
BEGIN
  INSERT INTO acl_ref (id, `table`, `key`) VALUES (p_ref, p_tabela, p_chave);
  INSERT INTO DIARIO (REF, TABELA, CHAVE) VALUES (p_ref, p_tabela, p_chave);
  COMMIT;
  IF EXISTS (SELECT 1 FROM PARAMETROS WHERE NOME = 'DIA' AND VALOR = 'TARDE') THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'ESTOURO DE INDICE';
  END IF;
END
$$
CREATE OR REPLACE PROCEDURE SP_FORNECEDOR_INCLUIR(p_ref VARCHAR(12), p_vista VARCHAR(64), p_nome VARCHAR(255),
  p_fantasia VARCHAR(255), p_cpf_cnpj VARCHAR(255), p_endereco VARCHAR(255), p_cidade VARCHAR(255), p_uf
  VARCHAR(255), p_cep VARCHAR(255), p_pais VARCHAR(255), p_email VARCHAR(255))
BEGIN
  DECLARE segue BOOLEAN; DECLARE ret INT; DECLARE msg VARCHAR(255); DECLARE chave VARCHAR(30);
  DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; RESIGNAL; END;
  CALL SP_ENTRADA(p_ref, 'FORNECEDORES', NULL, p_vista, segue, ret, msg, chave);
  IF segue THEN
    SET chave = (SELECT MAX(COD) + 1 FROM FORNECEDORES FOR UPDATE);
    INSERT INTO FORNECEDORES (COD, NOME, FANTASIA, CPF_CNPJ, ENDERECO, CIDADE, UF, CEP, PAIS, EMAIL, SITUACAO, DT_CAD)
      VALUES (chave, p_nome, p_fantasia, p_cpf_cnpj, p_endereco, p_cidade, p_uf, p_cep, p_pais, p_email, 1,
        DATE_FORMAT(CURRENT_DATE, '%d/%m/%Y'));
    CALL SP_SAIDA(p_ref, 'FORNECEDORES', chave);
  END IF;
  ROLLBACK;
  SELECT ret AS COD_RET, msg AS MSG, chave AS CHAVE;
END
$$
CREATE OR REPLACE PROCEDURE SP_FORNECEDOR_ALTERAR(p_ref VARCHAR(12), p_vista VARCHAR(64), p_cod INT, p_nome
  VARCHAR(255), p_fantasia VARCHAR(255), p_endereco VARCHAR(255), p_cidade VARCHAR(255), p_uf VARCHAR(255), p_cep
  VARCHAR(255), p_pais VARCHAR(255), p_email VARCHAR(255))
BEGIN
  DECLARE segue BOOLEAN; DECLARE ret INT; DECLARE msg VARCHAR(255); DECLARE chave VARCHAR(30);
  DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; RESIGNAL; END;
  CALL SP_ENTRADA(p_ref, 'FORNECEDORES', p_cod, p_vista, segue, ret, msg, chave);
  IF segue THEN
    UPDATE FORNECEDORES SET NOME = COALESCE(p_nome, NOME), FANTASIA = COALESCE(p_fantasia, FANTASIA),
        ENDERECO = COALESCE(p_endereco, ENDERECO), CIDADE = COALESCE(p_cidade, CIDADE), UF = COALESCE(p_uf, UF),
        CEP = COALESCE(p_cep, CEP), PAIS = COALESCE(p_pais, PAIS), EMAIL = COALESCE(p_email, EMAIL) WHERE COD = p_cod;
    CALL SP_SAIDA(p_ref, 'FORNECEDORES', chave);
  END IF;
  ROLLBACK;
  SELECT ret AS COD_RET, msg AS MSG, chave AS CHAVE;
END
$$
CREATE OR REPLACE PROCEDURE SP_FORNECEDOR_SITUAR(p_ref VARCHAR(12), p_vista VARCHAR(64), p_cod INT, p_situacao INT)
BEGIN
  DECLARE segue BOOLEAN; DECLARE ret INT; DECLARE msg VARCHAR(255); DECLARE chave VARCHAR(30);
  DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; RESIGNAL; END;
  CALL SP_ENTRADA(p_ref, 'FORNECEDORES', p_cod, p_vista, segue, ret, msg, chave);
  IF segue THEN
    UPDATE FORNECEDORES SET SITUACAO = p_situacao WHERE COD = p_cod;
    CALL SP_SAIDA(p_ref, 'FORNECEDORES', chave);
  END IF;
  ROLLBACK;
  SELECT ret AS COD_RET, msg AS MSG, chave AS CHAVE;
END
$$
CREATE OR REPLACE PROCEDURE SP_FORNECEDOR_BANCO(p_ref VARCHAR(12), p_vista VARCHAR(64), p_cod INT, p_banco
  VARCHAR(255), p_agencia VARCHAR(255), p_conta VARCHAR(255), p_iban VARCHAR(255))
BEGIN
  DECLARE segue BOOLEAN; DECLARE ret INT; DECLARE msg VARCHAR(255); DECLARE chave VARCHAR(30);
  DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; RESIGNAL; END;
  CALL SP_ENTRADA(p_ref, 'FORNECEDORES', p_cod, p_vista, segue, ret, msg, chave);
  IF segue THEN
    UPDATE FORNECEDORES SET BANCO = COALESCE(p_banco, BANCO), AGENCIA = COALESCE(p_agencia, AGENCIA),
        CONTA = COALESCE(p_conta, CONTA), IBAN = COALESCE(p_iban, IBAN) WHERE COD = p_cod;
    CALL SP_SAIDA(p_ref, 'FORNECEDORES', chave);
  END IF;
  ROLLBACK;
  SELECT ret AS COD_RET, msg AS MSG, chave AS CHAVE;
END
$$
-- One line of a new order; the n-th of its fields stands before the n-th semicolon
CREATE OR REPLACE FUNCTION FN_CAMPO(linha TEXT CHARACTER SET utf8mb4, n INT) RETURNS TEXT CHARACTER SET utf8mb4
DETERMINISTIC
RETURN SUBSTRING_INDEX(SUBSTRING_INDEX(linha, ';', n), ';', -1)
$$
CREATE OR REPLACE PROCEDURE SP_ITEM(p_numero VARCHAR(30), p_moeda VARCHAR(255),
  linha TEXT CHARACTER SET utf8mb4)
BEGIN
  DECLARE descricao VARCHAR(255);
  SET descricao = (SELECT MIN(DESCRICAO) FROM PEDIDOS_ITENS WHERE PRODUTO = FN_CAMPO(linha, 2));
  INSERT INTO PEDIDOS_ITENS (NUMERO, SEQ, PRODUTO, DESCRICAO, UNID, QTD, QTD_REC, QTD_FAT, PRECO, FATOR, TOTAL,
      DT_ENTREGA, SIT)
    VALUES (p_numero, FN_CAMPO(linha, 1), FN_CAMPO(linha, 2), COALESCE(descricao, FN_CAMPO(linha, 2)),
      FN_CAMPO(linha, 3), FN_CAMPO(linha, 4), '0', '0', FN_CAMPO(linha, 5), FN_CAMPO(linha, 6),
      FN_TOTAL(FN_CAMPO(linha, 4), FN_CAMPO(linha, 5), FN_CAMPO(linha, 6), p_moeda), FN_CAMPO(linha, 7), 0);
END
$$
CREATE OR REPLACE PROCEDURE SP_PEDIDO_INCLUIR(p_ref VARCHAR(12), p_vista VARCHAR(64), p_cod_forn VARCHAR(255),
  p_emissao VARCHAR(255), p_moeda VARCHAR(255), p_comprador VARCHAR(255), p_itens MEDIUMTEXT CHARACTER SET utf8mb4)
BEGIN
  DECLARE segue BOOLEAN; DECLARE ret INT; DECLARE msg VARCHAR(255); DECLARE chave VARCHAR(30);
  DECLARE itens, linha MEDIUMTEXT CHARACTER SET utf8mb4;
  DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; RESIGNAL; END;
  CALL SP_ENTRADA(p_ref, 'PEDIDOS', NULL, p_vista, segue, ret, msg, chave);
  IF segue THEN
    SET chave = 1 + GREATEST(
      (SELECT MAX(CAST(NUMERO AS UNSIGNED)) FROM PEDIDOS WHERE NUMERO REGEXP '^[0-9]+$' FOR UPDATE),
      (SELECT MAX(CAST(NUMERO AS UNSIGNED)) FROM PEDIDOS_ITENS WHERE NUMERO REGEXP '^[0-9]+$' FOR UPDATE));
    IF NOT EXISTS (SELECT 1 FROM FORNECEDORES WHERE COD = p_cod_forn AND SITUACAO IN (1, 3)) THEN
      SET ret = 20, msg = 'FORNECEDOR BLOQUEADO PARA COMPRAS', chave = NULL;
    ELSE
      INSERT INTO PEDIDOS (NUMERO, COD_FORN, DT_EMISSAO, MOEDA, STATUS, REF, DT_INI, DT_FIM, EXCLUIDO)
        VALUES (chave, p_cod_forn, p_emissao, p_moeda, 1, p_comprador, '', '', 0);
      SET itens = p_itens;
      WHILE itens <> '' DO
        SET linha = CONCAT(SUBSTRING_INDEX(itens, '\n', 1), ';'), itens = SUBSTR(itens, CHAR_LENGTH(linha) + 1);
        CALL SP_ITEM(chave, p_moeda, linha);
      END WHILE;
      CALL SP_SAIDA(p_ref, 'PEDIDOS', chave);
    END IF;
  END IF;
  ROLLBACK;
  SELECT ret AS COD_RET, msg AS MSG, chave AS CHAVE;
END
$$
CREATE OR REPLACE PROCEDURE SP_PEDIDO_ITEM_ALTERAR(p_ref VARCHAR(12), p_vista VARCHAR(64), p_numero VARCHAR(255),
  p_seq INT, p_qtd VARCHAR(255), p_preco VARCHAR(255), p_fator INT, p_entrega VARCHAR(255))
BEGIN
  DECLARE segue BOOLEAN; DECLARE ret INT; DECLARE msg VARCHAR(255); DECLARE chave VARCHAR(30);
  DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; RESIGNAL; END;
  CALL SP_ENTRADA(p_ref, 'PEDIDOS', p_numero, p_vista, segue, ret, msg, chave);
  IF segue THEN
    IF EXISTS (SELECT 1 FROM PEDIDOS WHERE NUMERO = p_numero AND STATUS NOT IN (0, 1, 2, 3)) THEN
      SET ret = 20, msg = 'PEDIDO ENCERRADO', chave = NULL;
    ELSE
      UPDATE PEDIDOS_ITENS SET QTD = COALESCE(p_qtd, QTD), PRECO = COALESCE(p_preco, PRECO),
          FATOR = COALESCE(p_fator, FATOR), DT_ENTREGA = COALESCE(p_entrega, DT_ENTREGA),
          TOTAL = FN_TOTAL(COALESCE(p_qtd, QTD), COALESCE(p_preco, PRECO), COALESCE(p_fator, FATOR),
            (SELECT MOEDA FROM PEDIDOS p WHERE p.NUMERO = p_numero))
        WHERE NUMERO = p_numero AND SEQ = p_seq;
      CALL SP_SAIDA(p_ref, 'PEDIDOS', chave);
    END IF;
  END IF;
  ROLLBACK;
  SELECT ret AS COD_RET, msg AS MSG, chave AS CHAVE;
END
$$
-- Closed (5) or cancelled (8), the lines go with the order: those that expect goods, or all of them
CREATE OR REPLACE PROCEDURE SP_PEDIDO_SITUAR(p_ref VARCHAR(12), p_vista VARCHAR(64), p_numero VARCHAR(255), p_status
  INT)
BEGIN
  DECLARE segue BOOLEAN; DECLARE ret INT; DECLARE msg VARCHAR(255); DECLARE chave VARCHAR(30);
  DECLARE atual INT;
  DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; RESIGNAL; END;
  CALL SP_ENTRADA(p_ref, 'PEDIDOS', p_numero, p_vista, segue, ret, msg, chave);
  IF segue THEN
    SET atual = (SELECT STATUS FROM PEDIDOS WHERE NUMERO = p_numero);
    IF atual IN (5, 8, 9) OR (p_status = 8 AND atual IN (3, 4)) THEN
      SET ret = 20, msg = 'SITUACAO NAO PERMITE', chave = NULL;
    ELSE
      UPDATE PEDIDOS SET STATUS = p_status WHERE NUMERO = p_numero;
      UPDATE PEDIDOS_ITENS SET SIT = IF(p_status = 5, 3, 9)
        WHERE NUMERO = p_numero AND (p_status = 8 OR (p_status = 5 AND SIT IN (0, 1)));
      CALL SP_SAIDA(p_ref, 'PEDIDOS', chave);
    END IF;
  END IF;
  ROLLBACK;
  SELECT ret AS COD_RET, msg AS MSG, chave AS CHAVE;
END
